internal import SourceText

extension Flowchart {
  /// The chart as an `svg` element for a page of HTML, in the color of the text around it, so that
  /// it shows on light and on dark. It has a title and a description for screen readers, no script
  /// and no style sheet, and refers to nothing outside itself.
  ///
  /// - Parameter number: which of the page's drawings it is, for names that are the page's own.
  package func svg(number: Int) -> SVG {
    let layout = SVGLayout(self)
    let (title, description) = (SVGName("flow-title", number), SVGName("flow-text", number))
    let (head, cross) = (SVGName("flow-head", number), SVGName("flow-cross", number))
    var lines: [SVG] = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"\(title) \(description)\" viewBox=\"0 0 \(layout.width) \(layout.height)\" width=\"\(layout.width)\" height=\"\(layout.height)\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1\" font-family=\"sans-serif\" font-size=\"12\">",
      "<title id=\"\(title)\">\(text: self.title)</title>",
      "<desc id=\"\(description)\">\(text: self.description)</desc>",
      "<defs>",
      "<marker id=\"\(head)\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\" fill=\"currentColor\" stroke=\"none\"/></marker>",
      "<marker id=\"\(cross)\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"10\" markerHeight=\"10\" orient=\"auto\"><path d=\"M1 1L9 9M1 9L9 1\" stroke-width=\"2\"/></marker>",
      "</defs>",
    ]
    for (node, box) in zip(nodes, layout.boxes) { lines += Self.draw(node, box) }
    for (arrow, route) in zip(arrows, layout.routes) {
      let marker = arrow.line == .crossed ? cross : head
      let dash: SVG = arrow.line == .solid ? "" : " stroke-dasharray=\"5 4\""
      lines.append("<path d=\"\(Self.path(route))\"\(dash) marker-end=\"url(#\(marker))\"/>")
      guard !arrow.label.isEmpty else { continue }
      let first = route.label.y - (arrow.label.count - 1) * SVGLayout.lineHeight
      lines += Self.text(arrow.label, x: route.label.x, first: first, anchor: "end", size: 11)
    }
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }

  private static func draw(_ node: Node, _ box: SVGLayout.Box) -> [SVG] {
    let frame: SVG
    switch node.shape {
    case .box, .round:
      let radius = node.shape == .box ? 3 : box.height / 2
      frame =
        "<rect x=\"\(box.x)\" y=\"\(box.y)\" width=\"\(box.width)\" height=\"\(box.height)\" rx=\"\(radius)\"/>"
    case .hexagon:
      let (left, right) = (box.x, box.x + box.width)
      let (top, bottom) = (box.y, box.y + box.height)
      frame =
        "<path d=\"M\(left + 12) \(top)H\(right - 12)L\(right) \(box.middle)L\(right - 12) \(bottom)H\(left + 12)L\(left) \(box.middle)Z\"/>"
    }
    let first = box.middle - (node.label.count - 1) * SVGLayout.lineHeight / 2 + 4
    return [frame]
      + text(node.label, x: box.x + box.width / 2, first: first, anchor: "middle", size: 12)
  }

  private static func text(
    _ lines: [String], x: Int, first: Int, anchor: SVG, size: Int
  ) -> [SVG] {
    lines.enumerated().map { index, line in
      "<text x=\"\(x)\" y=\"\(first + index * SVGLayout.lineHeight)\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" fill=\"currentColor\" stroke=\"none\">\(text: line)</text>"
    }
  }

  private static func path(_ route: SVGLayout.Route) -> SVG {
    var path: SVG = ""
    var last: SVGLayout.Point?
    for point in route.points {
      if let from = last {
        // Straight in its lane, and a curve from one lane to another.
        let bend = (point.x - from.x) / 2
        path +=
          from.y == point.y
          ? "L\(point.x) \(point.y)"
          : "C\(from.x + bend) \(from.y) \(point.x - bend) \(point.y) \(point.x) \(point.y)"
      } else {
        path += "M\(point.x) \(point.y)"
      }
      last = point
    }
    return path
  }
}

/// Where everything of a chart stands, in pixels.
private struct SVGLayout {
  struct Point {
    let x: Int
    let y: Int
  }

  struct Box {
    let x: Int
    let y: Int
    let width: Int
    let height: Int

    var middle: Int { y + height / 2 }
  }

  struct Route {
    let points: [Point]
    /// The right end of the label's last line.
    let label: Point
  }

  static let lineHeight = 15
  private static let margin = 12
  private static let gap = 150
  private static let rowGap = 30
  /// How far apart arrows meet a box.
  private static let spread = 34

  private(set) var boxes: [Box] = []
  private(set) var routes: [Route] = []
  let width: Int
  let height: Int

  /// In each column the nodes stand one below the other, and below them the lanes of the arrows
  /// that pass the column by.
  init(_ chart: Flowchart) {
    let count = (chart.nodes.map(\.column).max() ?? 0) + 1
    let nodeWidth = max(
      110, (chart.nodes.flatMap(\.label).map(\.columns).max() ?? 0) * 7 + 28)
    let places = (0..<count).map { Self.margin + $0 * (nodeWidth + Self.gap) }
    var starts = Array(repeating: 0, count: chart.nodes.count)
    var ends = starts
    for arrow in chart.arrows {
      starts[arrow.start] += 1
      ends[arrow.end] += 1
    }
    var bottoms = Array(repeating: Self.margin + Self.lineHeight, count: count)
    for (number, node) in chart.nodes.enumerated() {
      let meeting = max(starts[number], ends[number])
      let height = max(node.label.count * Self.lineHeight + 22, meeting * Self.spread)
      boxes.append(
        Box(x: places[node.column], y: bottoms[node.column], width: nodeWidth, height: height))
      bottoms[node.column] += height + Self.rowGap
    }
    var left = starts
    var right = ends
    for arrow in chart.arrows {
      let (from, to) = (boxes[arrow.start], boxes[arrow.end])
      func meet(_ box: Box, _ used: Int, of all: Int) -> Int {
        box.y + box.height * (2 * used + 1) / (2 * max(all, 1))
      }
      left[arrow.start] -= 1
      right[arrow.end] -= 1
      let leaving = meet(from, starts[arrow.start] - 1 - left[arrow.start], of: starts[arrow.start])
      let arriving = meet(to, ends[arrow.end] - 1 - right[arrow.end], of: ends[arrow.end])
      var points = [Point(x: from.x + nodeWidth, y: leaving)]
      let passed =
        chart.nodes[arrow.start].column
        + 1..<max(
          chart.nodes[arrow.start].column + 1, chart.nodes[arrow.end].column)
      for column in passed {
        let y = bottoms[column] + Self.lineHeight
        points += [Point(x: places[column], y: y), Point(x: places[column] + nodeWidth, y: y)]
        bottoms[column] += Self.rowGap + Self.lineHeight
      }
      points.append(Point(x: to.x, y: arriving))
      routes.append(Route(points: points, label: Point(x: to.x - 12, y: arriving - 5)))
    }
    width = Self.margin * 2 + count * nodeWidth + (count - 1) * Self.gap
    height = (bottoms.max() ?? 0) + Self.margin
  }
}

extension String {
  /// How many half-width columns it takes about.
  fileprivate var columns: Int {
    visible.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
  }
}
