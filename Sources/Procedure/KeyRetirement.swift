package import MailRecords
package import SourceText
package import TenantModel

/// The end of DKIM keys of a domain: MailGates signs with the others from then on, and once no mail
/// is on its way that the old ones signed, their records go (RFC 6376 section 5.2).
package struct KeyRetirement: Sendable {
  /// Step 8: what goes, in the order of tenant.yaml.
  package let removals: [RecordChange]
  /// What signs until then.
  package let retired: [DKIMSelector]
  /// What signs afterwards: the keys that are known and stay.
  package let successors: [DKIMSelector]
  /// When signing should change; nil where nobody said.
  package let changesAt: Timestamp?
  /// Whether the zone has every key that signs afterwards.
  package let isPublished: Bool
  /// How long resolvers may go on without the new keys, once they are published; nil where nobody
  /// knows.
  package let publicationWait: TTL?
  /// Where tenant.yaml asks for it.
  package let span: SourceSpan

  /// How long an old key stays after the change, in days: mgc's own advice. Postfix gives mail up
  /// after five by default, and some receivers verify it only when it is read.
  package static let daysKept = 7

  /// Nil where no key retires, or no other one is known that could sign.
  init?(of domain: TenantDomain, _ editor: ZoneEditor, _ keys: KeyRing) {
    let retiring = domain.dkim.filter(\.isRetiring)
    let staying = domain.dkim.filter { setting in
      !setting.isRetiring && (setting.publicKey.map { keys[$0.value] != nil } ?? false)
    }
    guard let first = retiring.first, !staying.isEmpty, domain.role != .parked else { return nil }
    removals = retiring.map { editor.removal(of: $0, keys) }
    retired = retiring.map(\.selector.value)
    successors = staying.map(\.selector.value)
    changesAt = retiring.compactMap { $0.signsUntil?.value }.max()
    span = first.span
    var waits: [TTL?] = []
    var isPublished = true
    for setting in staying {
      let owner = setting.selector.value.text + "._domainkey"
      let held = editor.set(at: owner, .txt)
      let key = setting.publicKey.flatMap { keys[$0.value] }
      let stands = held?.data.contains { $0.holds(key) } ?? false
      isPublished = isPublished && stands
      if !stands {
        waits.append(editor.knows(owner, .txt) ? held?.ttl ?? editor.zone?.negativeTTL : nil)
      }
    }
    self.isPublished = isPublished
    publicationWait =
      waits.contains { $0 == nil } ? nil : waits.compactMap { $0 }.max() ?? TTL(clamping: 0)
  }
}

extension RecordData {
  /// Whether it is the record of a key, however its other tags are written.
  package func holds(_ key: DKIMKey?) -> Bool {
    guard let key, case .txt(let value) = self else { return false }
    return (try? DKIMKey(parsing: value.text))?.base64 == key.base64
  }
}

extension ZoneEditor {
  /// Takes away the record of a key: that of the file where tenant.yaml names one, else what stands
  /// at the selector. Anything else there stays.
  fileprivate func removal(of setting: DKIMSettings, _ keys: KeyRing) -> RecordChange {
    let relative = setting.selector.value.text + "._domainkey"
    let key = setting.publicKey.flatMap { keys[$0.value] }
    let written = key.flatMap { TXTValue(ascii: $0.recordText) }.map { [RecordData.txt($0)] } ?? []
    let before = set(at: relative, .txt)
    let held = before?.data ?? []
    let isKnown = knows(relative, .txt)
    let gone = isKnown ? (key == nil ? held : held.filter { $0.holds(key) }) : written
    let ttl = before?.ttl ?? DomainChanges.usualTTL
    let recalled = memory.recallRemoval(
      RecordChange.memoryIdentifier(owner(relative), .txt, .retiredKey), .txt, today: gone,
      ttl: before?.ttl)
    // Where it has gone already, the way back leads to what an earlier apply saw, or to the file.
    let original = recalled.stands ? recalled.records.records : written
    let others = held.filter { !gone.contains($0) }
    let way: RecordChange.Former? =
      isKnown && gone.isEmpty && !original.isEmpty
      ? .init(
        before: texts(others + original, recalled.stands ? recalled.records.ttl : ttl),
        after: texts(others, ttl)) : nil
    return change(
      at: relative, .txt, .retiredKey, for: setting.span, before: before, removed: gone, added: [],
      ttl: ttl, former: way, remembered: isKnown ? recalled.records : nil)

    func texts(_ data: [RecordData], _ ttl: TTL) -> RecordSet? {
      data.isEmpty
        ? nil : RecordSet(owner: owner(relative), type: .txt, ttl: ttl, data: data)
    }
  }
}
