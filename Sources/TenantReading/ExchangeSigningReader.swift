internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

/// Reads what `Get-DkimSigningConfig | ConvertTo-Json` prints: one object, or a list of them, with
/// many members of which a few are read.
struct ExchangeSigningReader {
  private let reference: Located<FileReference>
  private(set) var findings: [Diagnostic] = []
  private(set) var signings: [ExchangeSigning] = []
  private var domains: Set<DomainName> = []

  /// A tenant of Microsoft 365 has at most 5000 domains.
  private static let domainLimit = 5000
  private static let sizeLimit = 16 << 20

  /// - Parameter file: read already by `ReferencedText`, which speaks of what is no text at all.
  init(_ file: SourceFile, id: SourceFileID, reference: Located<FileReference>) {
    self.reference = reference
    guard file.bytes.count <= Self.sizeLimit else {
      refuse(nil, .init(ja: "16 MiBを超えている", en: "it is larger than 16 MiB"))
      return
    }
    var bag = DiagnosticBag()
    let document = YAMLReader.read(file.withoutMark, id: id, into: &bag)
    findings += bag.sorted
    guard !bag.hasErrors, let document else { return }
    read(document.root)
  }

  private mutating func read(_ root: YAMLNode) {
    switch root.kind {
    case .sequence: readList(root)
    case .mapping:
      // Windows PowerShell 5.1 wraps some lists into an object.
      if member("Domain", of: root) == nil, let list = member("value", of: root),
        list.kind == .sequence
      {
        readList(list)
      } else {
        readEntry(root)
      }
    case .scalar:
      refuse(root, .init(ja: "オブジェクトでも配列でもない", en: "it is neither an object nor an array"))
    }
  }

  private mutating func readList(_ list: YAMLNode) {
    guard list.count <= Self.domainLimit else {
      refuse(
        list,
        .init(
          ja: "ドメインが\(Self.domainLimit)個を超えている", en: "it has more than \(Self.domainLimit) domains")
      )
      return
    }
    list.forEachElement { readEntry($0) }
  }

  private mutating func readEntry(_ node: YAMLNode) {
    guard node.kind == .mapping else {
      refuse(node, .init(ja: "配列の要素がオブジェクトでない", en: "an element is not an object"))
      return
    }
    guard let name = member("Domain", of: node), let text = string(name) else {
      refuse(node, .init(ja: "Domain がない", en: "there is no Domain"))
      return
    }
    guard let domain = try? DomainName(parsing: text) else {
      refuse(
        name,
        .init(
          ja: "Domain の「\(text.excerpt())」はドメイン名でない",
          en: "Domain is \"\(text.excerpt())\", which is not the name of a domain"))
      return
    }
    guard domains.insert(domain).inserted else {
      refuse(
        name,
        .init(
          ja: "「\(domain.ascii.excerpt())」が二度ある",
          en: "\"\(domain.ascii.excerpt())\" appears twice"))
      return
    }
    let first = target("Selector1CNAME", of: node)
    let second = target("Selector2CNAME", of: node)
    guard case .success(let first) = first, case .success(let second) = second else { return }
    var targets: ExchangeSigning.Targets?
    if let first, let second { targets = .init(first: first, second: second) }
    let enabled = member("Enabled", of: node).flatMap { value -> Bool? in
      guard value.kind == .scalar, value.isPlain else { return nil }
      return ["true": true, "false": false][value.text()]
    }
    signings.append(ExchangeSigning(domain: domain, targets: targets, isEnabled: enabled))
  }

  private struct Refused: Error {}

  /// Nil where Exchange Online has not said it: the member is missing, null or empty.
  private mutating func target(
    _ name: String, of node: YAMLNode
  ) -> Result<AliasTarget?, Refused> {
    guard let value = member(name, of: node) else { return .success(nil) }
    guard let text = string(value) else {
      if value.kind == .scalar, value.text() == "null" { return .success(nil) }
      refuse(value, .init(ja: "\(name) が文字列でない", en: "\(name) is not a string"))
      return .failure(Refused())
    }
    if text.isEmpty { return .success(nil) }
    guard let target = AliasTarget(parsing: text) else {
      refuse(
        value,
        .init(
          ja: "\(name) の「\(text.excerpt())」は名前でない",
          en: "\(name) is \"\(text.excerpt())\", which is not a name"))
      return .failure(Refused())
    }
    return .success(target)
  }

  private func member(_ name: String, of node: YAMLNode) -> YAMLNode? {
    for (key, value) in node.members where key.text() == name { return value }
    return nil
  }

  private func string(_ node: YAMLNode) -> String? {
    node.kind == .scalar && !node.isPlain ? node.text() : nil
  }

  private mutating func refuse(_ node: YAMLNode?, _ reason: LocalizedText) {
    let path = reference.value.path.excerpt()
    findings.append(
      Diagnostic(
        .badSigningExport, at: node?.span ?? reference.span,
        .init(
          ja: "「\(path)」はGet-DkimSigningConfigの出力でない: \(reason.ja)",
          en: "\"\(path)\" is not what Get-DkimSigningConfig prints: \(reason.en)"),
        help: .init(
          ja: "Get-DkimSigningConfig | ConvertTo-Json の出力を、UTF-8でそのまま保存する",
          en: "save what Get-DkimSigningConfig | ConvertTo-Json prints, as it is, in UTF-8")))
  }
}

extension SourceFile {
  /// The same text at the same offsets without a byte order mark, which Windows PowerShell writes.
  fileprivate var withoutMark: SourceFile {
    guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return self }
    return SourceFile(name: name, bytes: [0x20, 0x20, 0x20] + bytes.dropFirst(3))
  }
}

extension DiagnosticCode {
  static let badSigningExport = DiagnosticCode(
    3163, .error,
    title: .init(
      ja: "Microsoft 365のDKIMの出力として読めない", en: "not an export of Microsoft 365's DKIM"),
    explanation: .init(
      ja:
        "ファイルには、Exchange Onlineに接続したPowerShellで Get-DkimSigningConfig | ConvertTo-Json を実行し、その出力をUTF-8でそのまま入れます。CNAMEの先にはテナントごとの推測できない部分があるため、手で書き換えません。",
      en:
        "The file holds what Get-DkimSigningConfig | ConvertTo-Json prints in a PowerShell that is connected to Exchange Online, in UTF-8 and as it is. Where the CNAMEs lead has a part that nobody can guess, so nothing is edited by hand."
    ),
    example: "microsoft365: { …, dkimExport: exports/empty.json }",
    source: "Get-DkimSigningConfig; RFC 1035 section 2.3.4")
}
