internal import MailRecords
internal import TenantModel
internal import Wording

/// What a refused text must have meant. Each is tried: what comes back is accepted.
enum Corrections {
  /// `Kaede_Trading` as `kaede-trading`, and of the address to log in at the access name.
  static func identifier(_ text: String) -> String? {
    let (scheme, end) = Catalogue.loginAddress.value
    if text.hasPrefix(scheme), let range = text.firstRange(of: end) {
      let start = text.index(text.startIndex, offsetBy: scheme.count)
      guard start <= range.lowerBound else { return nil }
      let name = String(text[start..<range.lowerBound])
      return Identifier(name) == nil ? nil : name
    }
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
      let isJoint = scalar == "_" || scalar == " " || scalar == "."
      result.unicodeScalars.append(isJoint ? "-" : scalar)
    }
    return Identifier(result) == nil ? nil : result
  }

  /// `営業部/第一課/` as `/営業部/第一課`.
  static func groupPath(_ text: String) -> String? {
    let parts = text.split(separator: "/").map(\.withoutEdgeBlanks)
    guard !parts.isEmpty, !parts.contains("") else { return nil }
    let path = "/" + parts.joined(separator: "/")
    return GroupPath(path) == nil ? nil : path
  }

  /// `http://` as `https://`.
  static func httpsAddress(_ text: String) -> String? {
    guard text.hasPrefix("http://") else { return nil }
    let address = "https://" + text.dropFirst(7)
    return HTTPSAddress(address) == nil ? nil : address
  }

  /// `X-Loop:` as `X-Loop`.
  static func headerName(_ text: String) -> String? {
    guard text.hasSuffix(":") else { return nil }
    let name = String(text.dropLast())
    return HeaderName(name) == nil ? nil : name
  }

  /// `2028/1/5` and `2028年1月5日` as `2028-01-05`: the year comes first, so that no day is taken for
  /// a month.
  static func date(_ text: String) -> String? {
    let parts = text.split(whereSeparator: { "-/.年月日".contains($0) })
    guard parts.count == 3, parts[0].utf8.count == 4,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      parts.dropFirst().allSatisfy({ (1...2).contains($0.utf8.count) })
    else { return nil }
    let date = parts.map { $0.utf8.count == 1 ? "0" + $0 : String($0) }.joined(separator: "-")
    return date == text || CalendarDate(parsing: date) == nil ? nil : date
  }

  /// A blank for `T`, no seconds, and an offset without its colon; never without an offset, which
  /// nobody here can know.
  static func timestamp(_ text: String) -> String? {
    var rest = text.uppercased()[...]
    let day = String(rest.prefix { $0 != "T" && $0 != " " })
    rest = rest.dropFirst(day.count).drop { $0 == "T" || $0 == " " }
    let time = rest.prefix { $0 != "Z" && $0 != "+" && $0 != "-" && $0 != " " }
    rest = rest.dropFirst(time.count).drop { $0 == " " }
    let seconds = time.utf8.count == 5 ? ":00" : ""
    var offset = String(rest)
    if offset.utf8.count == 5, !offset.contains(":") {
      offset = offset.prefix(3) + ":" + offset.suffix(2)
    }
    let result = (date(day) ?? day) + "T" + time + seconds + offset
    return Timestamp(parsing: result) == nil ? nil : result
  }

  /// `./zones//a.zone` as `zones/a.zone`; nothing that leads upward.
  static func path(_ text: String) -> String? {
    let parts = text.split(separator: "/").filter { $0 != "." }
    let path = parts.joined(separator: "/")
    return (try? FileReference(path))?.path
  }

  /// An address under the mechanism for addresses, and a mechanism by its right name.
  static func spfTerm(_ text: String, _ error: SPFParseError) -> String? {
    let corrected: String
    switch error.reason {
    case .addressAsDomain(let address):
      guard let start = text.firstRange(of: address) else { return nil }
      let mechanism = address.contains(":") ? "ip6:" : "ip4:"
      let head = text.first.map { "+-~?".contains($0) ? String($0) : "" } ?? ""
      corrected = head + mechanism + text[start.lowerBound...]
    case .unknownMechanism(let name):
      let known = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"]
      guard let nearest = Spelling.nearest(to: name, among: known), nearest.utf8.count > 2,
        let start = text.firstRange(of: name)
      else { return nil }
      corrected = text[..<start.lowerBound] + nearest + text[start.upperBound...]
    default: return nil
    }
    return (try? SPFRecord(parsing: "v=spf1 " + corrected))?.terms.count == 1 ? corrected : nil
  }
}

extension SPFParseError.Reason {
  /// Whether only a likeness says what was meant.
  var isUnknown: Bool {
    if case .unknownMechanism = self { true } else { false }
  }
}

extension Substring {
  fileprivate var withoutEdgeBlanks: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
