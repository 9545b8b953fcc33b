package import MailRecords
package import SourceText
internal import TenantModel
internal import Wording

extension DomainChanges {
  /// A key that the console has not shown yet.
  package struct WaitingKey: Sendable {
    package let selector: DKIMSelector
    package let input: WaitingInput
    package let span: SourceSpan
  }

  /// Step 2's records of the keys that are known, and the keys that are not.
  static func dkim(
    of domain: TenantDomain, index: Int, _ editor: ZoneEditor, _ keys: KeyRing,
    _ console: Gateway.ConsoleGeneration
  ) -> (changes: [RecordChange], waiting: [WaitingKey]) {
    var changes: [RecordChange] = []
    var waiting: [WaitingKey] = []
    for (number, setting) in domain.dkim.enumerated() where domain.role != .parked {
      if setting.isRetiring {
        // It was published long ago. Where it has gone, it does not come back.
        let owner = setting.selector.value.text + "._domainkey"
        if let change = editor.keep(at: owner, for: setting.span) { changes.append(change) }
      } else if let reference = setting.publicKey, let key = keys[reference.value] {
        changes.append(
          editor.text(
            at: setting.selector.value.text + "._domainkey", .dkim, for: setting.span,
            replacing: { _ in true }, with: key.recordText))
      } else {
        let name = domain.name.value.unicode
        waiting.append(
          WaitingKey(
            selector: setting.selector.value,
            input: WaitingInput(
              what: .init(ja: "\(name) のDKIM公開鍵", en: "the DKIM public key of \(name)"),
              source: keySource(console), key: "domains[\(index)].dkim[\(number)].publicKey"),
            span: setting.span))
      }
    }
    return (changes, waiting)
  }

  /// Where the console shows a public key.
  private static func keySource(_ console: Gateway.ConsoleGeneration) -> LocalizedText {
    let path = ConsoleScreenName.dkim.path(in: console).value
    return path.isConfirmed
      ? .init(both: path.words.map { "「\($0)」" }.joined(separator: "→"))
      : .init(
        ja: "DKIM鍵の画面（場所は未確認。サポート窓口に確認）",
        en: "the screen of the DKIM key (its place is not confirmed: ask the vendor's support)")
  }
}
