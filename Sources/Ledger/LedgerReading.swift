package import Diagnostics
internal import MailRecords
internal import Procedure
package import SourceText
internal import Wording
internal import YAMLTree

extension Lock {
  /// Reads a lock; nil with findings where it is not one. What is no JSON at all is reported
  /// with the codes of the reader of YAML, which JSON is a part of.
  package static func read(
    _ file: SourceFile, id: SourceFileID, into bag: inout DiagnosticBag
  ) -> Lock? {
    guard let document = document(file, id: id, into: &bag) else { return nil }
    if let (version, node) = StrictReader.formatVersion(of: document.root),
      version > formatVersion
    {
      bag.add(
        Diagnostic(
          .laterLock, at: node.span,
          .init(ja: "ロックの形式が版 \(version)", en: "the lock's format is version \(version)"),
          help: .init(
            ja: "このmgcが読めるのは版 \(formatVersion) まで。より新しいmgcを使う",
            en: "this release reads up to version \(formatVersion); use a later release of mgc")))
      return nil
    }
    var reader = StrictReader(
      code: .badLock,
      help: .init(
        ja: "ロックはmgcだけが書く。版管理から戻すか、消して mgc apply を実行する",
        en:
          "only mgc writes the lock; restore it from version control, or delete it and run mgc apply"
      ))
    defer { bag.add(contentsOf: reader.findings) }
    return lock(document.root, &reader)
  }

  private static func lock(_ root: YAMLNode, _ reader: inout StrictReader) -> Lock? {
    guard
      let members = reader.members(
        of: root, ["format_version", "tenant", "resources", "files"], optional: ["originals"])
    else { return nil }
    // The one that may be missing is the last.
    let parts = members.compactMap(\.self)
    let version = reader.integer(parts[0], formatVersion...formatVersion)
    let tenant = reader.string(parts[1])
    let resources = reader.elements(of: parts[2]) { resource($1, &$0) }
    let files = reader.elements(of: parts[3]) { lockedFile($1, &$0) }
    // Locks of releases before it have none.
    let originals =
      parts.count > 4 ? reader.elements(of: parts[4]) { original($1, &$0) } : .some([])
    guard version != nil, let tenant, let resources, let files, let originals,
      reader.refuseRepeated(parts[2], resources.map(\.id)),
      reader.refuseRepeated(parts[3], files.map(\.path)),
      parts.count < 5 || reader.refuseRepeated(parts[4], originals.map(\.id))
    else { return nil }
    return Lock(tenant: tenant, resources: resources, files: files, originals: originals)
  }

  private static func resource(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> LockedResource? {
    guard let parts = reader.members(of: node, ["id", "step", "properties"]) else { return nil }
    let id = reader.string(parts[0])
    let step = reader.integer(parts[1], steps)
    let properties = reader.elements(of: parts[2]) { property($1, &$0) }
    guard let id, let step, let properties else { return nil }
    return LockedResource(id: id, step: step, properties: properties)
  }

  private static func property(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> Resource.Property? {
    guard let parts = reader.members(of: node, ["name", "value"]) else { return nil }
    let name = reader.string(parts[0])
    let value = reader.string(parts[1])
    guard let name, let value else { return nil }
    return Resource.Property(name, value)
  }

  private static func original(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> RememberedRecords? {
    guard let parts = reader.members(of: node, ["id", "type", "ttl", "records", "written"]) else {
      return nil
    }
    let id = reader.string(parts[0])
    let name = reader.string(parts[1])
    let seconds = reader.integer(parts[2], 0...Int(TTL.maximumSeconds))
    guard let id, let name, let seconds else { return nil }
    let type = RecordType(parsing: name)
    func record(_ node: YAMLNode, _ reader: inout StrictReader) -> RecordData? {
      guard let text = reader.string(node) else { return nil }
      let datum = RecordData(presentation: text, type: type)
      if datum == nil {
        reader.refuse(
          node,
          .init(
            ja: "「\(text.excerpt())」は\(name.excerpt())のレコードではない",
            en: "\"\(text.excerpt())\" is not an \(name.excerpt()) record"))
      }
      return datum
    }
    let records = reader.elements(of: parts[3]) { record($1, &$0) }
    let written = reader.elements(of: parts[4]) { record($1, &$0) }
    guard let records, let written else { return nil }
    return RememberedRecords(
      id: id, type: type, ttl: TTL(clamping: seconds), records: records, written: written)
  }

  private static func lockedFile(_ node: YAMLNode, _ reader: inout StrictReader) -> LockedFile? {
    guard let parts = reader.members(of: node, ["path", "sha256"]) else { return nil }
    let path = reader.path(parts[0])
    let digest = reader.digest(parts[1])
    guard let path, let digest else { return nil }
    return LockedFile(path: path.text, sha256: digest)
  }
}

extension Journal {
  /// Reads a journal; nil with findings where it is not one.
  package static func read(
    _ file: SourceFile, id: SourceFileID, into bag: inout DiagnosticBag
  ) -> Journal? {
    guard let document = document(file, id: id, into: &bag) else { return nil }
    var reader = StrictReader(
      code: .badJournal,
      help: .init(
        ja: ".mgc-journal を消して mgc apply を実行する", en: "delete .mgc-journal and run mgc apply"))
    defer { bag.add(contentsOf: reader.findings) }
    let names: [StaticString] = [
      "format_version", "tenant", "actions", "lock_sha256", "previous_lock_sha256",
    ]
    guard let parts = reader.members(of: document.root, names) else { return nil }
    let version = reader.integer(parts[0], formatVersion...formatVersion)
    let tenant = reader.string(parts[1])
    let actions = reader.elements(of: parts[2]) { action($1, &$0) }
    let lock = reader.digest(parts[3])
    let previous = reader.optionalDigest(parts[4])
    guard version != nil, let tenant, let actions, let lock, let previous,
      reader.refuseRepeated(parts[2], actions.map(\.path.text))
    else { return nil }
    return Journal(
      tenant: tenant, actions: actions, lockSHA256: lock, previousLockSHA256: previous)
  }

  private static func action(_ node: YAMLNode, _ reader: inout StrictReader) -> Action? {
    let names: [StaticString] = ["op", "path", "sha256", "previous_sha256"]
    guard let parts = reader.members(of: node, names) else { return nil }
    let word = reader.string(parts[0])
    let path = reader.path(parts[1])
    let digest = reader.optionalDigest(parts[2])
    let previous = reader.optionalDigest(parts[3])
    guard let word, let path, let digest, let previous else { return nil }
    guard let operation = Action.Operation(rawValue: word),
      (digest == nil) == (operation == .delete)
    else {
      reader.refuse(
        parts[0],
        .init(
          ja: "write には sha256 が要り、delete には sha256 がない",
          en: "write goes with a sha256, delete without one"))
      return nil
    }
    return Action(operation: operation, path: path, sha256: digest, previousSHA256: previous)
  }
}

/// The document, if the reader of YAML found no error in it.
private func document(
  _ file: SourceFile, id: SourceFileID, into bag: inout DiagnosticBag
) -> YAMLDocument? {
  var findings = DiagnosticBag()
  let document = YAMLReader.read(file, id: id, into: &findings)
  bag.add(contentsOf: findings.sorted)
  return findings.hasErrors ? nil : document
}
