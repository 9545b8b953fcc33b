package import Artifacts
internal import MailRecords
package import Procedure
internal import SourceText
internal import TenantModel
package import Wording

/// Pictures of who hands mail to whom, from the same model that `MailFlowCheck` proves.
package struct MailFlowDiagram: Sendable {
  private let flow: MailFlow
  private let procedure: Procedure
  /// The pictures that there are, in the order of the work.
  package let scenes: [Scene]

  package enum Scene: Int, CaseIterable, Sendable {
    case before
    case during
    case after
  }

  package init(_ procedure: Procedure) {
    self.procedure = procedure
    flow = MailFlow(procedure)
    scenes = Scene.allCases
  }

  /// What stands above the picture.
  package func title(of scene: Scene) -> LocalizedText {
    let cutover = procedure.services.inbound != nil
    switch scene {
    case .before: return .init(ja: "作業を始める前", en: "Before the work")
    case .during:
      return cutover
        ? .init(ja: "MXを切り替えた直後", en: "Right after the change of the MX")
        : .init(ja: "送信の経路を切り替えている間", en: "While the outbound route is being started")
    case .after: return .init(ja: "すべて終えた後", en: "When all is done")
    }
  }

  /// What the picture shows, in a sentence or two.
  package func caption(of scene: Scene) -> LocalizedText {
    let hasInbound = procedure.services.inbound != nil
    switch scene {
    case .before:
      return .init(
        ja: "メールはまだMailGatesを通りません。", en: "No mail passes MailGates yet.")
    case .during where hasInbound:
      return .init(
        ja: "古いMXを覚えているキャッシュがあるうちは、MailGatesを通るメールと直接届くメールの両方があります。どちらも拒否されません。",
        en:
          "While caches remember the old MX, some mail comes by MailGates and some directly. Neither is refused."
      )
    case .during:
      return .init(
        ja: "送信の経路は、切り替えた人やサーバーから順にMailGatesを通ります。",
        en: "Mail leaves by MailGates for those people and servers that were switched over.")
    case .after:
      let open = flow.servers.contains { $0.closing == nil && !$0.connection.domains.isEmpty }
      let refused = flow.servers.contains { $0.closing != nil }
      switch (hasInbound, refused, open) {
      case (true, true, false):
        return .init(
          ja: "外部からのメールはMailGatesだけを通り、直接届くメールは拒否されます。",
          en: "Mail from outside comes by MailGates alone; what comes directly is refused.")
      case (true, true, true):
        return .init(
          ja: "外部からのメールはMailGatesを通ります。直接届くメールは、拒否されるサーバーと、抜け道が残るサーバーがあります。",
          en:
            "Mail from outside comes by MailGates. Some servers refuse what comes directly; at others that way around stays open."
        )
      case (true, false, _):
        return .init(
          ja: "外部からのメールはMailGatesを通りますが、サーバーへ直接送る抜け道が残ります。",
          en:
            "Mail from outside comes by MailGates, but the way around it, straight to the server, stays open."
        )
      case (false, _, _):
        return .init(
          ja: "契約ドメインの送信メールはMailGatesを通ります。受信の経路は変わりません。",
          en: "Mail of the contracted domains leaves by MailGates. Inbound mail comes as before.")
      }
    }
  }

  /// What the lines mean.
  package static let legend = LocalizedText(
    ja: "実線はすべてのメール、破線は一部のメールか残る抜け道、×は拒否です。",
    en:
      "A solid line is all mail, a broken one some of it or a way around that stays open, a cross is a refusal."
  )

  /// The picture of a state for a page of HTML: an `svg` element in the color of its surroundings,
  /// with a title and a description.
  package func svg(of scene: Scene, language: Language) -> SVG {
    chart(of: scene, language: language).svg(number: scene.rawValue + 1)
  }

  /// The picture as boxes and arrows.
  package func chart(of scene: Scene, language: Language) -> Flowchart {
    var drawing = MailFlowDrawing(
      flow, procedure, language,
      chart: Flowchart(
        title: title(of: scene)[language], description: caption(of: scene)[language]))
    drawing.draw(flow.handovers(in: state(of: scene)), state(of: scene))
    return drawing.chart
  }

  private func state(of scene: Scene) -> MailFlowState {
    var state = MailFlowState()
    guard scene != .before else { return state }
    for move in flow.script {
      let next = flow.state(after: move, from: state)
      if scene == .during {
        if move == .phase(.cutover) { return next }
        if move == .phase(.startOutbound), procedure.services.inbound == nil {
          return state.union(next)
        }
      }
      state = next
    }
    return state
  }
}

/// Puts the places into columns: outside, what mail passes, the mail servers, and out again.
private struct MailFlowDrawing {
  let flow: MailFlow
  let procedure: Procedure
  let language: Language
  private(set) var chart: Flowchart
  private var numbers: [Box: Int] = [:]

  /// So many mail servers and hosts are drawn one by one.
  private static let limit = 6

  private enum Box: Hashable {
    case outside
    case gateway
    case former(Int?)
    case server(Int)
    case relay
    case destination
  }

  init(_ flow: MailFlow, _ procedure: Procedure, _ language: Language, chart: Flowchart) {
    self.flow = flow
    self.procedure = procedure
    self.language = language
    self.chart = chart
  }

  mutating func draw(_ handovers: [MailFlowHandover], _ state: MailFlowState) {
    var drawn: [Pair: Int] = [:]
    var arrows: [(pair: Pair, kind: MailFlowHandover.Kind)] = []
    for handover in handovers {
      guard let start = box(handover.start), let end = box(handover.end), start != end else {
        continue
      }
      let pair = Pair(start: start, end: end)
      if let index = drawn[pair] {
        if arrows[index].kind != handover.kind { arrows[index].kind = .partly }
      } else {
        drawn[pair] = arrows.count
        arrows.append((pair, handover.kind))
      }
    }
    // Columns from left to right, and in each the servers in the order of tenant.yaml.
    let used = Set(arrows.flatMap { [$0.pair.start, $0.pair.end] })
    let servers = flow.servers.indices.map { Box.server(min($0, Self.limit)) }
    let formers = [Box.former(nil)] + flow.servers.indices.map { .former(min($0, Self.limit)) }
    for box in [.outside, .gateway] + formers + servers + [.relay, .destination]
    where used.contains(box) && numbers[box] == nil {
      add(box)
    }
    let isPilot = state.leaving == .pilot
    for (pair, kind) in arrows {
      guard let start = numbers[pair.start], let end = numbers[pair.end] else { continue }
      chart.arrow(
        start, end, kind == .always ? .solid : kind == .refused ? .crossed : .dotted,
        label: label(kind, pair, isPilot: isPilot).map { [$0[language]] } ?? [])
    }
  }

  private struct Pair: Hashable {
    let start: Box
    let end: Box
  }

  private func box(_ place: MailFlowPosition.Place) -> Box? {
    switch place {
    case .outside: .outside
    case .gateway: .gateway
    case .formerExchanger(let domain):
      // Without inbound-security nobody looks at the MX.
      flow.hasInbound
        ? .former(flow.domains[domain].home.map { min($0, Self.limit) })
        : flow.domains[domain].home.map { .server(min($0, Self.limit)) }
    case .server(let number): .server(min(number, Self.limit))
    case .relay: .relay
    case .destination: .destination
    case .mailbox: nil
    }
  }

  private func label(
    _ kind: MailFlowHandover.Kind, _ pair: Pair, isPilot: Bool
  ) -> LocalizedText? {
    if kind == .refused { return .init(ja: "直接: 拒否", en: "direct: refused") }
    if kind == .around { return .init(ja: "直接: 抜け道", en: "direct: open") }
    guard kind == .partly else { return nil }
    switch (pair.start, pair.end) {
    case (.outside, .gateway): return .init(ja: "新しいMX", en: "new MX")
    case (.outside, _): return .init(ja: "古いMX", en: "old MX")
    case (_, .relay) where isPilot: return .init(ja: "先行の人", en: "the pilot")
    case (_, .destination) where isPilot: return .init(ja: "ほかの人", en: "everyone else")
    case (_, .relay): return .init(ja: "切替済み", en: "switched over")
    case (_, .destination): return .init(ja: "切替前", en: "not yet")
    default: return nil
    }
  }

  private mutating func add(_ box: Box) {
    let number: Int
    switch box {
    case .outside:
      number = node(.round, 0, .init(ja: "外部の送信者", en: "Senders outside"))
    case .gateway: number = node(.hexagon, 1, .init(ja: "MailGates(受信)", en: "MailGates, inbound"))
    case .relay: number = node(.hexagon, 3, .init(ja: "MailGates(送信)", en: "MailGates, outbound"))
    case .destination:
      number = node(.round, 4, .init(ja: "外部の宛先", en: "Recipients outside"))
    case .former(let home):
      number = node(.box, 1, .init(ja: "今のMX", en: "The MX of today"), more: hosts(before: home))
    case .server(let index):
      guard index < Self.limit else {
        let rest = flow.servers.count - Self.limit
        number = node(
          .box, 2,
          .init(ja: "ほかのメールサーバー\(rest)台", en: "\(rest) more mail servers"))
        break
      }
      let server = flow.servers[index].connection
      number = node(
        .box, 2, .init(both: server.server.name.value.text),
        more: Self.few(server.domains.map(\.name.value.unicode)))
    }
    numbers[box] = number
  }

  private mutating func node(
    _ shape: Flowchart.Shape, _ column: Int, _ title: LocalizedText, more: [String] = []
  ) -> Int {
    chart.node(shape, column: column, label: [title[language]] + more)
  }

  private func hosts(before home: Int?) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for domain in flow.domains where domain.home.map({ min($0, Self.limit) }) == home {
      for host in domain.former.others where seen.insert(host).inserted { names.append(host) }
    }
    return Self.few(names)
  }

  private static func few(_ names: [String]) -> [String] {
    let shown = names.prefix(2).map { $0.excerpt(limit: 32) }
    return names.count > 2 ? shown + ["… (\(names.count))"] : shown
  }
}
