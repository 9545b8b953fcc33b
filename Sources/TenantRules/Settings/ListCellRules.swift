internal import Diagnostics
internal import Procedure
internal import SourceText
internal import TableText
internal import TenantModel
internal import Wording

extension Rule {
  /// Values that a list's file cannot hold as they are.
  static let listCells = Rule([.refusedCharacter, .formulaCell, .unwritableCell]) { input, bag in
    let encoding: TextEncoding = input.tenant.gateway.listEncoding == .cp932 ? .cp932 : .utf8
    // UTF-8 holds everything.
    if encoding == .utf8, input.exchange.profiles.isEmpty { return }
    for list in ConsoleList.lists(of: input.tenant) {
      if let profile = input.exchange.profiles[list.kind] {
        for cell in profile.cells(of: list).joined() {
          if let finding = cell.finding { bag.add(finding) }
        }
      } else if encoding == .cp932 {
        for row in list.rows {
          for (value, span) in zip(row.values, row.spans) {
            guard let (scalar, index) = encoding.firstRefused(in: value) else { continue }
            bag.add(.refusedCharacter(scalar, number: index + 1, at: span))
          }
        }
      }
    }
  }
}

extension ListProfile.Cell {
  fileprivate var finding: Diagnostic? {
    guard let refusal else { return nil }
    func unwritable(_ ja: String, _ en: String) -> Diagnostic {
      Diagnostic(
        .unwritableCell, at: span,
        .init(ja: "「\(text.excerpt())」\(ja)", en: "\"\(text.excerpt())\" \(en)"))
    }
    switch refusal {
    case .form(.character(let scalar, let index)):
      return .refusedCharacter(scalar, number: index + 1, at: span)
    case .form(.formula):
      let isDomain = text.hasPrefix("@") && text.utf8.dropFirst().allSatisfy { $0 != 0x40 }
      return Diagnostic(
        .formulaCell, at: span,
        .init(
          ja: "「\(text.excerpt())」はCSVで数式と読まれる",
          en: "a spreadsheet takes \"\(text.excerpt())\" for a formula"),
        help: isDomain
          ? .init(ja: "「*\(text.excerpt())」と書く", en: "write \"*\(text.excerpt())\"") : nil)
    case .form(.quotes):
      return unwritable("には引用符が要るが、見本に引用符がない", "needs quotes, and the sample shows none")
    case .form(.empty): return unwritable("は空の行になる", "would be an empty line")
    case .form(.lineBreak): return unwritable("に改行がある", "has a line break")
    case .netmask: return unwritable("にはサブネットマスクがない", "has no netmask")
    case .word:
      return unwritable("は、wordsで別の値を表す言葉である", "is the console's word for another value")
    }
  }
}

extension Diagnostic {
  fileprivate static func refusedCharacter(
    _ scalar: Unicode.Scalar, number: Int, at span: SourceSpan
  ) -> Diagnostic {
    func name(_ scalar: Unicode.Scalar) -> String {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    let shown = String(Character(scalar)).visible
    return Diagnostic(
      .refusedCharacter, at: span,
      .init(
        ja: "\(number)文字目の「\(shown)」(\(name(scalar)))はCP932にない",
        en: "character \(number), \"\(shown)\" (\(name(scalar))), is not in CP932"),
      help: CP932.counterpart(of: scalar).map { other in
        .init(
          ja: "似た文字「\(String(Character(other)))」(\(name(other)))ならある",
          en: "\"\(String(Character(other)))\" (\(name(other))), which looks like it, is")
      })
  }
}
