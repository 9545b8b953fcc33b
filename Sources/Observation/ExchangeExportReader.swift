package import Diagnostics
package import Procedure
package import SourceText
package import TenantModel
internal import Wording
internal import YAMLTree

/// Reads what preflight.ps1 wrote. The lists and their form are known; of the properties of an
/// object those stay that have a value a script can compare.
package enum ExchangeExportReader {
  /// The most objects that are read of a list.
  private static let objectLimit = 5000
  private static let valueLimit = 20_000

  /// Nil with findings where it is no export.
  package static func read(
    _ file: SourceFile, id: SourceFileID
  ) -> (export: ExchangeExport?, findings: [Diagnostic]) {
    var bag = DiagnosticBag()
    let document = YAMLReader.read(withoutMark(file), id: id, into: &bag)
    guard !bag.hasErrors, let document else { return (nil, bag.sorted) }
    if let (version, node) = StrictReader.formatVersion(of: document.root),
      version > ExchangeExport.formatVersion
    {
      bag.add(
        Diagnostic(
          .laterExport, at: node.span,
          .init(ja: "exportの形式が版 \(version)", en: "the export's format is version \(version)"),
          help: .init(
            ja: "このmgcが読めるのは版 \(ExchangeExport.formatVersion) まで。より新しいmgcを使う",
            en:
              "this release reads up to version \(ExchangeExport.formatVersion); use a later release of mgc"
          )))
      return (nil, bag.sorted)
    }
    var reader = StrictReader(
      code: .badExport,
      help: .init(
        ja: "exportはpreflight.ps1だけが書く。もう一度実行して書き直す",
        en: "only preflight.ps1 writes the export; run it again"))
    let export = export(document.root, &reader)
    bag.add(contentsOf: reader.findings)
    return (export, bag.sorted)
  }

  /// Windows PowerShell 5.1 writes UTF-8 with a byte order mark. Blanks in its place keep all
  /// others where they are.
  private static func withoutMark(_ file: SourceFile) -> SourceFile {
    guard file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return file }
    return SourceFile(name: file.name, bytes: [0x20, 0x20, 0x20] + file.bytes.dropFirst(3))
  }

  private static func export(
    _ root: YAMLNode, _ reader: inout StrictReader
  ) -> ExchangeExport? {
    guard
      let parts = reader.members(
        of: root,
        [
          "format_version", "tenant", "recorded", "acceptedDomains", "inboundConnectors",
          "outboundConnectors", "transportRules", "journalRules", "dkimSigningConfigs",
          "hostedConnectionFilterPolicies", "arcConfigs", "organizationConfigs",
          "transportConfigs",
        ])
    else { return nil }
    let version = reader.integer(
      parts[0], ExchangeExport.formatVersion...ExchangeExport.formatVersion)
    let tenant = reader.string(parts[1])
    let recorded = moment(parts[2], &reader)
    var objects: [ExchangeExport.Kind: [ExchangeExport.Object]] = [:]
    var isRight = true
    for (kind, node) in zip(ExchangeExport.Kind.allCases, parts.dropFirst(3)) {
      guard reader.refuseMore(than: objectLimit, in: node),
        let list = reader.elements(of: node, { object($1, &$0) })
      else {
        isRight = false
        continue
      }
      objects[kind] = list
    }
    guard isRight, version != nil, let tenant, let recorded else { return nil }
    return ExchangeExport(
      tenant: Located(tenant.lowercased(), at: parts[1].span), recorded: recorded,
      objects: objects)
  }

  private static func moment(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> Located<Timestamp>? {
    guard let text = reader.string(node) else { return nil }
    guard let moment = Timestamp(parsing: text) else {
      reader.refuse(
        node,
        .init(
          ja: "ここには 2026-11-23T09:00:00Z のような日時が必要",
          en: "a time like 2026-11-23T09:00:00Z belongs here"))
      return nil
    }
    return Located(moment, at: node.span)
  }

  private static func object(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> ExchangeExport.Object? {
    guard node.kind == .mapping else {
      reader.refuse(node, .init(ja: "ここにはオブジェクトが必要", en: "an object belongs here"))
      return nil
    }
    var properties: [String: ExchangeExport.Property] = [:]
    var isRight = true
    for (key, value) in node.members {
      if let property = property(value, &reader) {
        properties[key.text()] = property
      } else {
        isRight = false
      }
    }
    return isRight ? ExchangeExport.Object(span: node.span, properties: properties) : nil
  }

  private static func property(
    _ node: YAMLNode, _ reader: inout StrictReader
  ) -> ExchangeExport.Property? {
    switch node.kind {
    case .scalar:
      return texts(node, &reader).map { ExchangeExport.Property($0, span: node.span) }
    case .sequence:
      guard reader.refuseMore(than: valueLimit, in: node),
        let values = reader.elements(of: node, { texts($1, &$0) })
      else { return nil }
      return ExchangeExport.Property(values.flatMap { $0 }, span: node.span)
    case .mapping:
      reader.refuse(
        node, .init(ja: "ここには値か、値の配列が必要", en: "a value or an array of values belongs here"))
      return nil
    }
  }

  /// The text of a scalar; none of `null` and of an empty text.
  private static func texts(_ node: YAMLNode, _ reader: inout StrictReader) -> [String]? {
    guard node.kind == .scalar else {
      reader.refuse(node, .init(ja: "ここには値が必要", en: "a value belongs here"))
      return nil
    }
    let text = node.text()
    guard node.isPlain else { return text.isEmpty ? [] : [text] }
    switch text {
    case "null": return []
    case "true", "false": return [text]
    default:
      guard let number = Int(text), String(number) == text else {
        reader.refuse(
          node,
          .init(
            ja: "ここには文字列、整数、true、false、null のどれかが必要",
            en: "a string, an integer, true, false or null belongs here"))
        return nil
      }
      return [text]
    }
  }
}

/// What `export` of each Microsoft 365 names, read.
package struct ObservedExports: Sendable {
  package private(set) var exports: [Identifier: ExchangeExport] = [:]
  package private(set) var findings: [Diagnostic] = []

  /// - Parameter file: a file that a mail server names, with its id; nil where it was not read.
  package init(
    _ tenant: Tenant?, file: (FileReference) -> (file: SourceFile, id: SourceFileID)?
  ) {
    for server in tenant?.mailServers ?? [] {
      guard case .microsoft365(let settings) = server.kind, let reference = settings.export,
        let (source, id) = file(reference.value)
      else { continue }
      let (export, found) = ExchangeExportReader.read(source, id: id)
      exports[server.name.value] = export
      findings += found
    }
  }
}
