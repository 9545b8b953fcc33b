import Compiler
import Foundation
import Interview
import MailRecords
import Procedure
import SourceText
import TableText
import TenantModel
import TenantReading
import TestSupport
import Testing

/// A list goes through an import profile into a file, the file into `mgc adopt`, and what adopt
/// writes is read again: it has the same list.
struct AdoptedRoundTripTests {
  static let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 10_000 : 1_000

  @Test(arguments: TextEncoding.allCases)
  func listsComeBack(_ encoding: TextEncoding) throws {
    var random = SplitMix64(seed: 71_30)
    var rows = 0
    for round in 0..<Self.count {
      let delimiter = TableForm.Delimiter.allCases[round % 3]
      var lists = ListGenerator(encoding: encoding, delimiter: delimiter, random: random)
      let wanted = lists.lists()
      random = lists.random
      let exported = try Exported(wanted, encoding, delimiter)
      let exchange = ListExchange(
        exported.profiles, encoding: encoding == .cp932 ? .cp932 : .utf8, isNormal: { _ in true }
      ) { exported.files[$0.path].map { ($0, SourceFileID(index: 1)) } }
      try #require(exchange.issues.isEmpty, "\(round): \(exchange.issues)")
      let adopted = Adopted(
        encoding: encoding == .cp932 ? .cp932 : .utf8, profiles: exported.profiles,
        exchange: exchange)
      let file = Self.interview(adopted).outcome().file()
      let reading = Compiler.read(file)
      let tenant = try #require(
        reading.tenant, "\(round): \(file.text(0..<file.bytes.count))")
      let found = ConsoleList.lists(of: tenant)
      #expect(
        found.map(Contents.init) == wanted.map(Contents.init),
        "\(round) \(encoding) \(delimiter)")
      let comparisons = ListComparison.comparisons(of: found, with: exchange)
      for comparison in comparisons {
        guard case .known(let same, let new, let gone) = comparison.state else {
          Issue.record("\(round): \(comparison.title) is unknown")
          continue
        }
        #expect(new.isEmpty && gone.isEmpty && same > 0, "\(round): \(comparison.title)")
      }
      // The file that mgc writes now is the very one that it read.
      for list in found {
        let profile = try #require(exchange.profiles[list.kind])
        let bytes = profile.form.bytes(of: profile.cells(of: list).map { $0.map(\.text) })
        #expect(bytes == exported.bytes[list.title], "\(round): \(list.title)")
      }
      rows += found.reduce(0) { $0 + $1.rows.count }
    }
    #expect(rows > Self.count * 4)
  }

  /// Answers for all that no export says; nothing judges them.
  private static func interview(_ adopted: Adopted) -> Interview {
    Interview(
      given: [
        .language: ["ja"], .name: ["楓商事株式会社"], .id: ["kaede"],
        .services: ["inbound-security,leak-prevention"], .console: ["mail-security"],
        .mailServer: ["other:Rental"], .domain: ["kaede.example"],
      ], adopted: adopted
    ) { _ in .init(tenant: nil, findings: []) }
  }

  /// What two lists have in common if they are the same; bytes, as Swift's strings hold different
  /// ones equal.
  private struct Contents: Equatable {
    let title: String
    let rows: [[[UInt8]]]

    init(_ list: ConsoleList) {
      title = list.title
      rows = list.rows.map { $0.values.map { Array($0.utf8) } }
    }
  }
}

/// Lists as a console would export them.
private struct Exported {
  private(set) var files: [String: SourceFile] = [:]
  private(set) var profiles: [ImportProfile] = []
  private(set) var bytes: [String: [UInt8]] = [:]

  init(
    _ lists: [ConsoleList], _ encoding: TextEncoding, _ delimiter: TableForm.Delimiter
  ) throws {
    let span = SourceSpan(file: .tenant, 0..<1)
    func line(_ text: String) throws -> Located<TextLine> {
      Located(try #require(TextLine(text)), at: span)
    }
    for kind in ListKind.allCases {
      let own = lists.filter { $0.kind == kind }
      if own.isEmpty { continue }
      var columns = try kind.values.map { value in
        ImportProfile.Column(
          header: try line("列 \(value.rawValue)"), content: Located(.value(value), at: span),
          words: value == .role
            ? [
              .init(word: try line("manager"), shown: try line("管理者")),
              .init(word: try line("member"), shown: try line("一般")),
            ] : [], span: span)
      }
      columns.append(
        .init(header: try line("備考"), content: Located(.blank, at: span), words: [], span: span))
      columns.insert(
        .init(
          header: try line("有効"), content: Located(.text(try line("1").value), at: span),
          words: [], span: span), at: 0)
      let form = TableForm(
        encoding: encoding,
        layout: .cells(
          delimiter, columns.indices.map { $0 % 2 == 0 ? .always : .needed }, mayQuote: true),
        header: Self.header(columns, encoding, delimiter), columns: columns.count)
      let profile = ListProfile(kind: kind, form: form, columns: columns)
      var exports: [ImportProfile.Export] = []
      for (index, list) in own.enumerated() {
        let name = "exports/\(kind.rawValue)-\(index).csv"
        let cells = profile.cells(of: list)
        try #require(cells.joined().allSatisfy { $0.refusal == nil })
        let data = form.bytes(of: cells.map { $0.map(\.text) })
        files[name] = SourceFile(name: name, bytes: data)
        bytes[list.title] = data
        exports.append(
          .init(
            file: Located(try FileReference(name), at: span),
            scope: try Self.scope(list.identity, span),
            dictionary: try Self.dictionary(list.identity, line), span: span))
      }
      profiles.append(
        ImportProfile(
          list: Located(kind, at: span), sample: exports[0].file,
          encoding: encoding == .cp932 ? .cp932 : nil, columns: columns, exports: exports,
          span: span))
    }
  }

  private static func header(
    _ columns: [ImportProfile.Column], _ encoding: TextEncoding, _ delimiter: TableForm.Delimiter
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(delimiter.rawValue) }
      encoding.append(column.header?.value.text ?? "", to: &bytes)
    }
    return bytes
  }

  private static func scope(
    _ identity: ConsoleList.Identity, _ span: SourceSpan
  ) throws -> Located<Scope>? {
    guard case .scope(let text) = identity else { return nil }
    if text == "all" { return Located(.all, at: span) }
    if text.hasPrefix("/") {
      return Located(.group(Located(try #require(GroupPath(text)), at: span)), at: span)
    }
    return Located(.domain(Located(try .init(parsing: text), at: span)), at: span)
  }

  private static func dictionary(
    _ identity: ConsoleList.Identity, _ line: (String) throws -> Located<TextLine>
  ) throws -> Located<TextLine>? {
    guard case .dictionary(let name) = identity else { return nil }
    return try line(name)
  }
}
