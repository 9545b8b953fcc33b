import Procedure
import SourceText
import TableText
import TenantModel
import TestSupport

/// Random lists of the console, as tenant.yaml prints them.
struct ListGenerator {
  let encoding: TextEncoding
  let form: TableForm
  var random: SplitMix64
  private let span = SourceSpan(file: .tenant, 0..<1)

  init(encoding: TextEncoding, delimiter: TableForm.Delimiter, random: SplitMix64) {
    self.encoding = encoding
    self.random = random
    form = TableForm(
      encoding: encoding, layout: .cells(delimiter, [], mayQuote: true), header: nil, columns: 1)
  }

  /// In the order in which tenant.yaml has them.
  mutating func lists() -> [ConsoleList] {
    var lists: [ConsoleList] = [list(.groups, .whole, groups())]
    var scopes = ["all", "kaede.example", "/営業部/第一課"].filter { _ in Bool.random(using: &random) }
    if scopes.isEmpty { scopes = ["all"] }
    for scope in scopes {
      lists.append(entries(.allowSenders, .scope(scope)) { $0.sender() })
      if Bool.random(using: &random) {
        lists.append(entries(.denySenders, .scope(scope)) { $0.sender() })
      }
      if Bool.random(using: &random) {
        lists.append(entries(.allowIPs, .scope(scope)) { $0.network() })
      }
      if Bool.random(using: &random) {
        lists.append(entries(.denyContent, .scope(scope)) { $0.text() })
      }
    }
    lists.append(entries(.spfExceptions, .whole) { $0.text() })
    lists.append(entries(.becDomains, .whole) { $0.domain() })
    for name in ["機密", "社外秘 2"].prefix(Int.random(in: 0...2, using: &random)) {
      lists.append(entries(.dictionary, .dictionary(name)) { $0.text() })
    }
    lists.append(entries(.exclusionDictionary, .dictionary("除外")) { $0.text() })
    lists.append(list(.review, .whole, review()))
    lists.append(entries(.zipSenders, .whole) { $0.sender() })
    lists.append(entries(.zipExceptRecipients, .whole) { $0.sender() })
    lists.append(entries(.attachmentLinkSenders, .whole) { $0.sender() })
    return lists
  }

  private func list(
    _ kind: ListKind, _ identity: ConsoleList.Identity, _ rows: [[String]]
  ) -> ConsoleList {
    ConsoleList(
      kind, identity, .lists, at: span,
      rows: rows.map { row in .init(row, row.map { _ in span }) })
  }

  private mutating func entries(
    _ kind: ListKind, _ identity: ConsoleList.Identity, _ make: (inout Self) -> String
  ) -> ConsoleList {
    var seen: Set<String> = []
    let values = (0..<Int.random(in: 1...4, using: &random)).map { _ in make(&self) }
      .filter { seen.insert($0).inserted }
    return list(kind, identity, values.map { [$0] })
  }

  private mutating func groups() -> [[String]] {
    (0..<Int.random(in: 1...3, using: &random)).flatMap { index -> [[String]] in
      let path = "/部署\(index)" + (Bool.random(using: &random) ? "/" + text().slashless : "")
      var seen: Set<String> = []
      let people = (0..<Int.random(in: 0...4, using: &random)).map { _ in address() }
        .filter { seen.insert($0).inserted }
      if people.isEmpty { return [[path, "", ""]] }
      let managers = Int.random(in: 0...people.count, using: &random)
      return people.enumerated().map {
        [path, $0.offset < managers ? "manager" : "member", $0.element]
      }
    }
  }

  private mutating func review() -> [[String]] {
    (1...Int.random(in: 1...3, using: &random)).map { number in
      let notifies = Bool.random(using: &random)
      let recipients = ["", "external", sender(), sender() + " " + sender()]
      return [
        String(number), text(maximum: 20),
        ["all", "kaede.example", "/営業部"].randomElement(using: &random) ?? "all",
        Bool.random(using: &random) ? "/^To:.*\(text(maximum: 10))/i" : "",
        Bool.random(using: &random) ? "機密" : "", Bool.random(using: &random) ? "除外" : "",
        recipients.randomElement(using: &random) ?? "",
        Bool.random(using: &random) ? sender() : "",
        ["", "exe", "exe scr js"].randomElement(using: &random) ?? "",
        notifies
          ? "notify"
          : ["allow", "hold", "forbid", "self-approve"].randomElement(using: &random) ?? "hold",
        notifies ? address() : "",
      ]
    }
  }

  private mutating func domain() -> String {
    ["partner", "market", "x-1", "xn--1lq90ic7f1rc"].randomElement(using: &random).map {
      "\($0)\(Int.random(in: 0..<50, using: &random) % 2 == 0 ? "" : ".sub").example"
    } ?? "a.example"
  }

  private mutating func address() -> String {
    let local = ["sato", "a.b", "o'neil", "x_y", "n\(Int.random(in: 0..<100, using: &random))"]
    return (local.randomElement(using: &random) ?? "a") + "@" + domain()
  }

  private mutating func sender() -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: "*@*"
    case 1...4: "*@" + domain()
    default: address()
    }
  }

  private mutating func network() -> String {
    let length = Int.random(in: 8...32, using: &random)
    let hosts = UInt32((UInt64(1) << (32 - length)) - 1)
    let bits = UInt32.random(in: 1...UInt32.max, using: &random) & ~hosts
    let octets = [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
    return length == 32 ? octets : "\(octets)/\(length)"
  }

  /// Text that the form takes and that YAML, CSV and spreadsheets have traps for.
  private mutating func text(maximum: Int = 60) -> String {
    let parts = [
      "\"", "'", ",", ";", "#", ": ", "- ", "{", "}", "[", "]", "&", "*", "!", "|", ">", "%", "`",
      " ", "\\", "null", "no", "012", "1e3", "~", "社外秘", "極秘", "ﾊﾝｶｸ", "表", "ソ", "能", "①", "髙",
      "～", "∥", "－", "＝", "=", "+", "@", "é", "한", "😀", "𠮷",
    ]
    while true {
      var text = ""
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        text += parts.randomElement(using: &random) ?? ""
      }
      text = String(text.prefix(maximum))
      let isTrimmed = text.first != " " && text.last != " "
      if isTrimmed, TextLine(text) != nil, form.refusal(of: text) == nil { return text }
    }
  }
}

extension String {
  fileprivate var slashless: String { split(separator: "/").joined() }
}
