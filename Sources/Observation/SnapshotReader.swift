package import Diagnostics
package import MailRecords
package import Procedure
package import SourceText
package import TenantModel
internal import Wording
internal import YAMLTree

/// A snapshot as its file has it, and where each answer is written.
package struct SnapshotObservation: Sendable {
  package let snapshot: DNSSnapshot
  package let recorded: Located<Timestamp>
  /// The place of each answer: of its first record, else of the word that says what it is; in the
  /// order of `snapshot.answers`.
  let spans: [SourceSpan]

  /// What the snapshot knows of a domain; nil where nothing at the domain itself was asked.
  package func zone(of origin: DomainName) -> ZoneObservation? {
    ZoneObservation(self, origin: origin)
  }

  /// The recorded answer; unknown where nobody asked.
  package func answer(_ question: DNSQuestion) -> DNSAnswer {
    index(question).map { snapshot.answers[$0].answer } ?? .unknown
  }

  private func index(_ question: DNSQuestion) -> Int? {
    var low = 0
    var high = snapshot.answers.count
    while low < high {
      let middle = (low + high) / 2
      if snapshot.answers[middle].question < question { low = middle + 1 } else { high = middle }
    }
    return low < snapshot.answers.count && snapshot.answers[low].question == question ? low : nil
  }
}

/// Reads what `mgc verify --record` wrote. Nothing in it may be missing, unknown or written in
/// another way than mgc does.
package enum SnapshotReader {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 16 << 20
  private static let answerLimit = 20_000
  private static let recordLimit = 2000
  private static let aliasLimit = 16

  /// Nil with findings where it is no snapshot.
  package static func read(
    _ file: SourceFile, id: SourceFileID
  ) -> (snapshot: SnapshotObservation?, findings: [Diagnostic]) {
    guard file.bytes.count <= sizeLimit else {
      return (
        nil,
        [
          Diagnostic(
            .badSnapshot, at: SourceSpan(file: id, 0..<0),
            .init(ja: "snapshotが16 MiBを超えている", en: "the snapshot is larger than 16 MiB"))
        ]
      )
    }
    var bag = DiagnosticBag()
    let document = YAMLReader.read(file, id: id, into: &bag)
    guard !bag.hasErrors, let document else { return (nil, bag.sorted) }
    if let (version, node) = StrictReader.formatVersion(of: document.root),
      version > DNSSnapshot.formatVersion
    {
      bag.add(
        Diagnostic(
          .laterSnapshot, at: node.span,
          .init(ja: "snapshotの形式が版 \(version)", en: "the snapshot's format is version \(version)"),
          help: .init(
            ja: "このmgcが読めるのは版 \(DNSSnapshot.formatVersion) まで。より新しいmgcを使う",
            en:
              "this release reads up to version \(DNSSnapshot.formatVersion); use a later release of mgc"
          )))
      return (nil, bag.sorted)
    }
    var reader = StrictReader(
      code: .badSnapshot,
      help: .init(
        ja: "snapshotはmgcだけが書く。mgc verify --record で記録し直す",
        en: "only mgc writes the snapshot; record it anew by mgc verify --record"))
    let snapshot = Self.snapshot(document.root, &reader)
    bag.add(contentsOf: reader.findings)
    return (snapshot, bag.sorted)
  }

  /// Whether a file is a snapshot that mgc wrote, so that a new one may take its place.
  package static func isSnapshot(_ file: SourceFile) -> Bool {
    var bag = DiagnosticBag()
    guard file.bytes.count <= sizeLimit,
      let root = YAMLReader.read(file, id: .tenant, into: &bag)?.root, root.kind == .mapping
    else { return false }
    let names = Set(root.members.map { $0.key.text() })
    return names == ["format_version", "recorded", "answers"]
  }

  private struct Entry {
    let answer: RecordedAnswer
    let span: SourceSpan
    let node: YAMLNode
  }

  private static func snapshot(
    _ root: YAMLNode, _ reader: inout StrictReader
  ) -> SnapshotObservation? {
    guard let parts = reader.members(of: root, ["format_version", "recorded", "answers"]) else {
      return nil
    }
    let version = reader.integer(parts[0], DNSSnapshot.formatVersion...DNSSnapshot.formatVersion)
    let recorded = moment(parts[1], &reader)
    guard reader.refuseMore(than: answerLimit, in: parts[2]),
      let entries = reader.elements(of: parts[2], { entry($1, &$0) }), version != nil,
      let recorded, isConsistent(entries, &reader)
    else { return nil }
    let sorted = entries.sorted { $0.answer.question < $1.answer.question }
    return SnapshotObservation(
      snapshot: DNSSnapshot(recorded: recorded.value, answers: sorted.map(\.answer)),
      recorded: recorded, spans: sorted.map(\.span))
  }

  private static func moment(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> Located<Timestamp>? {
    guard let text = reader.string(node) else { return nil }
    guard let moment = Timestamp(parsing: text), moment.description == text else {
      reader.refuse(
        node,
        .init(
          ja: "ここには 2026-11-23T09:00:00+09:00 のような日時が必要",
          en: "a time like 2026-11-23T09:00:00+09:00 belongs here"))
      return nil
    }
    return Located(moment, at: node.span)
  }

  private static func entry(_ node: YAMLNode, _ reader: inout StrictReader) -> Entry? {
    guard
      let parts = reader.members(
        of: node, ["name", "type", "answer"], optional: ["aliases", "ttl", "records"]),
      let nameNode = parts[0], let typeNode = parts[1], let wordNode = parts[2]
    else { return nil }
    let name = Self.name(nameNode, &reader)
    let type = Self.type(typeNode, &reader)
    let aliases = parts[3].map { Self.aliases($0, &reader) } ?? []
    guard let word = reader.string(wordNode), let name, let type, let aliases else { return nil }
    let outcome: RecordedAnswer.Outcome
    var span = wordNode.span
    switch word {
    case "records":
      guard let ttlNode = parts[4], let listNode = parts[5] else {
        reader.refuse(
          wordNode, .init(ja: "records には ttl と records が要る", en: "records go with ttl and records")
        )
        return nil
      }
      guard let ttl = Self.ttl(ttlNode, &reader), let data = records(listNode, type, &reader) else {
        return nil
      }
      outcome = .records(data, ttl: ttl)
      for first in listNode.elements {
        span = first.span
        break
      }
    case "noData": outcome = .noData
    case "noName": outcome = .noName
    case "failure": outcome = .failure
    case "disagreement": outcome = .disagreement
    default:
      reader.refuse(
        wordNode,
        .init(
          ja: "ここには records、noData、noName、failure、disagreement のどれかが必要",
          en: "one of records, noData, noName, failure and disagreement belongs here"))
      return nil
    }
    if word != "records", let more = parts[4] ?? parts[5] {
      reader.refuse(
        more, .init(ja: "「\(word)」に ttl や records はない", en: "\"\(word)\" has no ttl and no records")
      )
      return nil
    }
    return Entry(
      answer: RecordedAnswer(DNSQuestion(name, type), aliases: aliases, outcome), span: span,
      node: node)
  }

  private static func name(_ node: YAMLNode, _ reader: inout StrictReader) -> String? {
    guard let text = reader.string(node) else { return nil }
    guard LDNSName.canonical(text) == text else {
      let shown = text.excerpt()
      reader.refuse(
        node,
        .init(
          ja: "「\(shown)」は、小文字で最後に . のない名前ではない",
          en: "\"\(shown)\" is not a name in lower case without a dot at its end"))
      return nil
    }
    return text
  }

  private static func type(_ node: YAMLNode, _ reader: inout StrictReader) -> RecordType? {
    guard let text = reader.string(node) else { return nil }
    guard let type = DNSSnapshot.types.first(where: { $0.description == text }) else {
      let list = DNSSnapshot.types.map(\.description).joined(separator: ", ")
      reader.refuse(
        node, .init(ja: "ここには \(list) のどれかが必要", en: "one of \(list) belongs here"))
      return nil
    }
    return type
  }

  private static func ttl(_ node: YAMLNode, _ reader: inout StrictReader) -> TTL? {
    reader.integer(node, 0...Int(TTL.maximumSeconds)).flatMap { TTL($0) }
  }

  private static func aliases(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> [RecordedAnswer.Alias]? {
    guard reader.refuseMore(than: aliasLimit, in: node) else { return nil }
    return reader.elements(of: node) { reader, element in
      guard let parts = reader.members(of: element, ["target", "ttl"]) else { return nil }
      let target = data(parts[0], .cname, &reader)
      let ttl = Self.ttl(parts[1], &reader)
      guard case .cname(let host) = target, let ttl else { return nil }
      return .init(target: host, ttl: ttl)
    }
  }

  private static func records(
    _ node: YAMLNode, _ type: RecordType, _ reader: inout StrictReader
  ) -> [RecordData]? {
    guard reader.refuseMore(than: recordLimit, in: node),
      let data = reader.elements(of: node, { data($1, type, &$0) })
    else { return nil }
    guard !data.isEmpty, type != .cname && type != .soa || data.count == 1 else {
      reader.refuse(
        node,
        data.isEmpty
          ? .init(ja: "レコードが1つもない", en: "there is no record in it")
          : .init(ja: "\(type)は1つだけ", en: "there is only one \(type) at a name"))
      return nil
    }
    guard reader.refuseRepeated(node, data.map(\.presentation)) else { return nil }
    return data
  }

  private static func data(
    _ node: YAMLNode, _ type: RecordType, _ reader: inout StrictReader
  ) -> RecordData? {
    guard let text = reader.string(node) else { return nil }
    guard let data = LDNSPresentation.data(type, text) else {
      let shown = text.excerpt()
      reader.refuse(
        node,
        .init(
          ja: "「\(shown)」は、mgcの書く\(type)の値ではない",
          en: "\"\(shown)\" is not data of \(type) as mgc writes it"))
      return nil
    }
    return data
  }

  /// Whether each question stands once.
  private static func isConsistent(_ entries: [Entry], _ reader: inout StrictReader) -> Bool {
    var seen: Set<DNSQuestion> = []
    var isRight = true
    for entry in entries where !seen.insert(entry.answer.question).inserted {
      isRight = false
      let name = entry.answer.question.name.excerpt()
      let type = entry.answer.question.type
      reader.refuse(
        entry.node,
        .init(ja: "「\(name)」の\(type)が二度ある", en: "\(type) of \"\(name)\" appears twice"))
    }
    return isRight
  }
}
