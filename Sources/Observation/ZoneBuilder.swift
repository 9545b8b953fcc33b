internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import Wording

/// Puts records into sets, and judges what only shows in a whole zone.
struct ZoneBuilder {
  private struct Entry {
    let owner: OwnerName
    let ttl: TTL
    let type: RecordType
    let data: RecordData
    let span: SourceSpan
  }

  private let origin: DomainName
  private var entries: [Entry] = []
  private var authority: ZoneAuthority? = nil
  private var authoritySpan: SourceSpan? = nil
  private var bag = DiagnosticBag()

  init(origin: DomainName) { self.origin = origin }

  mutating func add(
    owner: OwnerName, ttl: TTL, type: RecordType, data: RecordData, _ span: SourceSpan
  ) {
    entries.append(Entry(owner: owner, ttl: ttl, type: type, data: data, span: span))
  }

  mutating func add(_ findings: [Diagnostic]) { bag.add(contentsOf: findings) }

  mutating func addAuthority(_ authority: ZoneAuthority, _ span: SourceSpan) {
    if let first = authoritySpan {
      bag.add(
        Diagnostic(
          .zoneSyntax, at: span,
          LocalizedText(ja: "SOAレコードが2つある", en: "there are two SOA records"),
          labels: [.init(first, LocalizedText(ja: "最初のSOAレコード", en: "the first SOA record"))]))
      return
    }
    self.authority = authority
    authoritySpan = span
  }

  mutating func addSyntaxError(
    _ span: SourceSpan, _ reason: LocalizedText, excerpt: String? = nil
  ) {
    let text = excerpt.map { $0.excerpt() }
    bag.add(
      Diagnostic(
        .zoneSyntax, at: span,
        LocalizedText(
          ja: (text.map { "「\($0)」をゾーンのレコードとして読めない：" } ?? "") + reason.ja,
          en: (text.map { "\"\($0)\" is not a record of a zone: " } ?? "") + reason.en)))
  }

  mutating func addInclude(_ span: SourceSpan) {
    bag.add(
      Diagnostic(
        .zoneInclude, at: span,
        LocalizedText(
          ja: "$INCLUDEは別のファイルを読み込むため使えない",
          en: "$INCLUDE reads another file, which is not allowed")))
  }

  mutating func addCut(_ span: SourceSpan, _ text: String, of record: SourceSpan) {
    let rest = text.excerpt()
    bag.add(
      Diagnostic(
        .zoneCutText, at: span,
        LocalizedText(
          ja: "引用符のないTXTの「\(rest)」は注釈になり、値に入らない",
          en: "\"\(rest)\" behind a TXT without quotes is a comment, not a part of the value"),
        help: LocalizedText(ja: "値の全体を引用符で囲む", en: "put the whole value in quotes"),
        labels: [.init(record, LocalizedText(ja: "このレコード", en: "the record"))]))
  }

  mutating func addOutside(_ span: SourceSpan, _ name: String) {
    bag.add(
      Diagnostic(
        .zoneOutside, at: span,
        LocalizedText(
          ja: "「\(name.excerpt())」はゾーン「\(origin.ascii)」の外にある",
          en: "\"\(name.excerpt())\" lies outside the zone \"\(origin.ascii)\"")))
  }

  mutating func finish() -> (zone: ZoneObservation?, findings: [Diagnostic]) {
    // Stable: records of one set keep the order of the file.
    let order = entries.indices.sorted { left, right in
      let (one, two) = (entries[left], entries[right])
      if one.owner != two.owner { return one.owner < two.owner }
      if one.type != two.type { return one.type < two.type }
      return left < right
    }
    var sets: [RecordSet] = []
    var spans: [SourceSpan] = []
    var start = 0
    while start < order.count {
      let first = entries[order[start]]
      var end = start + 1
      while end < order.count, entries[order[end]].type == first.type,
        entries[order[end]].owner == first.owner
      {
        end += 1
      }
      sets.append(set(order[start..<end], first))
      spans.append(first.span)
      start = end
    }
    judgeAliases(sets, spans)
    let contents = ZoneContents(origin: origin, soa: authority, sortedSets: sets)
    let zone = ZoneObservation(contents: contents, spans: spans, soaSpan: authoritySpan)
    return (zone, bag.sorted)
  }

  private mutating func set(_ members: ArraySlice<Int>, _ first: Entry) -> RecordSet {
    var data: [RecordData] = [first.data]
    if members.count > 1 {
      var seen: Set<RecordData> = [first.data]
      for index in members.dropFirst() where seen.insert(entries[index].data).inserted {
        data.append(entries[index].data)
      }
      // Signatures of one name cover sets of different TTLs.
      if first.type != .other("RRSIG"),
        let odd = members.first(where: { entries[$0].ttl != first.ttl })
      {
        addMixedTTL(entries[odd], first)
      }
    }
    return RecordSet(owner: first.owner, type: first.type, ttl: first.ttl, data: data)
  }

  private mutating func addMixedTTL(_ entry: Entry, _ first: Entry) {
    bag.add(
      Diagnostic(
        .zoneMixedTTL, at: entry.span,
        LocalizedText(
          ja: "TTL \(entry.ttl)は同じ名前と種別の最初のレコードのTTL \(first.ttl)と異なり、最初のTTLが使われる",
          en:
            "TTL \(entry.ttl) differs from TTL \(first.ttl) of the set's first record, which is used"
        ),
        labels: [.init(first.span, LocalizedText(ja: "最初のレコード", en: "the first record"))]))
  }

  private mutating func judgeAliases(_ sets: [RecordSet], _ spans: [SourceSpan]) {
    for (index, set) in sets.enumerated() where set.type == .cname {
      var others: [SourceSpan] = []
      var near = index
      while near > 0, sets[near - 1].owner == set.owner { near -= 1 }
      while near < sets.count, sets[near].owner == set.owner {
        if near != index, !Self.besideAlias.contains(sets[near].type) { others.append(spans[near]) }
        near += 1
      }
      if set.owner.isApex, let authoritySpan { others.append(authoritySpan) }
      guard set.data.count > 1 || !others.isEmpty else { continue }
      let name = set.owner.absolute.excerpt()
      bag.add(
        Diagnostic(
          .zoneAlias, at: spans[index],
          others.isEmpty
            ? LocalizedText(
              ja: "「\(name)」にCNAMEが2つ以上ある", en: "\"\(name)\" has more than one CNAME")
            : LocalizedText(
              ja: "「\(name)」にCNAMEとほかのレコードがある",
              en: "\"\(name)\" has a CNAME and other records"),
          labels: others.map {
            .init($0, LocalizedText(ja: "同じ名前のほかのレコード", en: "another record of the name"))
          }))
    }
  }

  /// The types of DNSSEC, which stand beside any other (RFC 4034).
  private static let besideAlias: [RecordType] = [
    .other("RRSIG"), .other("NSEC"), .other("KEY"),
  ]
}
