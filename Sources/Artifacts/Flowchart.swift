/// Boxes in columns from left to right and arrows between them: what Mermaid and SVG draw alike.
package struct Flowchart: Sendable {
  package private(set) var nodes: [Node] = []
  package private(set) var arrows: [Arrow] = []
  /// What the picture is called.
  package let title: String
  /// What it shows, for who does not see it.
  package let description: String

  package enum Shape: Sendable {
    case box
    /// For what lies outside.
    case round
    /// For what is passed through.
    case hexagon
  }

  package enum Line: Sendable {
    case solid
    /// For what may be.
    case dotted
    /// For what is refused: it ends in a cross.
    case crossed
  }

  package struct Node: Sendable {
    package let shape: Shape
    /// From the left, counted from 0.
    package let column: Int
    /// The lines that it shows.
    package let label: [String]
  }

  package struct Arrow: Sendable {
    /// The number of a node.
    package let start: Int
    package let end: Int
    package let line: Line
    /// What stands on it; often nothing.
    package let label: [String]
  }

  package init(title: String, description: String) {
    self.title = title
    self.description = description
  }

  /// - Returns: the node's number.
  package mutating func node(_ shape: Shape, column: Int, label: [String]) -> Int {
    nodes.append(Node(shape: shape, column: max(column, 0), label: label))
    return nodes.count - 1
  }

  /// An arrow between two nodes; none where there is no such node.
  package mutating func arrow(_ start: Int, _ end: Int, _ line: Line, label: [String] = []) {
    guard nodes.indices.contains(start), nodes.indices.contains(end) else { return }
    arrows.append(Arrow(start: start, end: end, line: line, label: label))
  }
}
