internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Runbook {
  /// Values that people copy to one place.
  struct ValueGroup {
    let title: Phrase
    /// Where they go, where that is not said by the title.
    var path: Phrase?
    var notes: [Phrase] = []
    let entries: [ValueEntry]
  }

  /// Values that are saved together.
  struct ValueEntry {
    var title: Phrase?
    let values: [Value]
    /// The box to tick once they are saved.
    var task: Task?
  }

  struct Value {
    let label: Phrase
    /// One line or more.
    let lines: [String]
    /// Whether it is typed in, and not chosen or ticked.
    var isTyped = true
  }
}

/// Which values belong to which phase.
struct RunbookValues {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  func groups(_ kind: Phase.Kind) -> [Runbook.ValueGroup] {
    switch kind {
    case .administratorLogin, .userLogin:
      single(
        .init(ja: "ログイン画面", en: "Login page"),
        procedure.tenant.loginAddresses.map {
          .init(label: .init(ja: "アドレス", en: "Address"), lines: [$0])
        })
    case .addressNotice:
      single(
        .init(ja: "連絡する内容", en: "What to tell"),
        [
          .init(
            label: .init(ja: "送信元サーバーのグローバルIPアドレス", en: "Public addresses of the sending servers"),
            lines: procedure.tenant.mailServers.flatMap(\.addresses).map(\.value.description))
        ])
    case .connect: connecting
    case .startOutbound: route
    case .senderAuthentication: records(.senderAuthentication)
    case .transportPolicyBefore: records(.transportPolicyBefore)
    case .ttl: records(.lowerTTL)
    case .cutover: records(.cutover)
    case .transportPolicyAfter: records(.transportPolicyAfter)
    case .restoreTTL: records(.restoreTTL)
    case .retireKey: records(.retireKey)
    case .nextPolicy: records(.nextPolicy)
    case .settings: procedure.screens.filter { !$0.setting.isAfterStart }.map(screen)
    case .laterSettings: procedure.screens.filter(\.setting.isAfterStart).map(screen)
    case .signIn, .accounts, .startInbound, .endPilot, .deliveryTarget, .lockdown,
      .changeSigning:
      []
    }
  }

  private func single(_ title: Phrase, _ values: [Runbook.Value]) -> [Runbook.ValueGroup] {
    values.contains { !$0.lines.isEmpty }
      ? [.init(title: title, entries: [.init(values: values)])] : []
  }

  private var connecting: [Runbook.ValueGroup] {
    guard let inbound = procedure.services.inbound else { return [] }
    return single(
      .init(ja: "受信の接続", en: "The inbound connection"),
      [
        .init(
          label: .init(ja: "MailGatesの配送元アドレス", en: "The addresses that MailGates delivers from"),
          lines: inbound.egress.map(\.description))
      ])
  }

  private var route: [Runbook.ValueGroup] {
    guard let relay = procedure.services.outbound?.relay else { return [] }
    return single(
      .init(ja: "送信の経路", en: "The outbound route"),
      [
        .init(
          label: .init(ja: "中継先のホスト", en: "The host to relay to"), lines: [relay.host.value.ascii]),
        .init(
          label: .init(ja: "ポート", en: "Port"), lines: [String(relay.port.value)]),
      ])
  }

  /// Where nobody knows the zone, only the MX can be told without the records beside it.
  private func records(_ kind: ZoneStage.Kind) -> [Runbook.ValueGroup] {
    procedure.domains.compactMap { domain in
      let changes = domain.stages.first { $0.kind == kind }?.changes ?? []
      let entries = changes.compactMap { change -> Runbook.ValueEntry? in
        let values =
          change.isZoneKnown
          ? RecordTable(change).lines.map(value)
          : change.type == .mx ? change.added.map { value(.add, $0, ttl: change.ttl) } : []
        guard !values.isEmpty else { return nil }
        let name = String(change.owner.absolute.dropLast())
        return .init(
          title: .init(both: "\(text: change.type.description) \(code: name)"), values: values)
      }
      guard !entries.isEmpty else { return nil }
      return .init(title: .init(both: .domain(domain.domain.name.value)), entries: entries)
    }
  }

  private func value(_ line: RecordTable.Line) -> Runbook.Value {
    value(line.action, line.datum, ttl: line.ttl)
  }

  private func value(_ action: RecordTable.Action, _ datum: RecordData, ttl: TTL) -> Runbook.Value {
    let word =
      switch action {
      case .add: Phrase(ja: "追加する", en: "Add")
      case .replace: Phrase(ja: "この値に置き換える", en: "Replace by this")
      case .delete: Phrase(ja: "削除する", en: "Delete")
      case .changeTTL: Phrase(ja: "TTLを変える", en: "Change the TTL")
      case .keep: Phrase(ja: "そのまま残す", en: "Keep")
      }
    let seconds = Int(ttl.seconds)
    let priority: Prose = datum.formPriority.map { ", MX \(Int($0))" } ?? ""
    return .init(
      label: .init(
        ja: "\(word.ja) (TTL \(seconds)\(priority))", en: "\(word.en) (TTL \(seconds)\(priority))"),
      lines: [datum.formValue])
  }

  private func screen(_ screen: ConsoleScreen) -> Runbook.ValueGroup {
    .init(
      title: .init(screen.setting.title),
      path: .init(
        both: screen.path.words.map { "「\(text: $0)」" as Prose }.joined(separator: " > ")),
      notes: screen.notes.map { Phrase($0) },
      entries: screen.entries.map { entry in
        let fields = entry.fields.map { value($0, on: screen) }
        let saved = Phrase(ja: "設定して保存した", en: "Set and saved")
        guard let title = entry.title else {
          return .init(values: fields, task: .init(text: saved))
        }
        return .init(
          title: .init(both: "\(text: title)"), values: fields,
          task: .init(
            text: .init(ja: "\(text: title): \(saved.ja)", en: "\(text: title): \(saved.en)")))
      })
  }

  private func value(_ field: ConsoleScreen.Field, on screen: ConsoleScreen) -> Runbook.Value {
    let label = word(field.label, on: screen)
    switch field.value {
    case .text(let text), .choice(let text), .shown(let text):
      return .init(label: label, lines: [text])
    case .list(let values): return .init(label: label, lines: values)
    case .option(let text): return .init(label: label, lines: [text], isTyped: false)
    case .ticked: return .init(label: label, lines: ["✓"], isTyped: false)
    }
  }

  /// A word of the screen's, or mgc's own name where the screen's is not known.
  private func word(_ word: String, on screen: ConsoleScreen) -> Phrase {
    screen.isConfirmed(word)
      ? .init(both: "「\(text: word)」")
      : .init(ja: "\(text: word)(名称は未確認)", en: "\(text: word) (name not confirmed)")
  }
}
