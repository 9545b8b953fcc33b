internal import JSONText
internal import MailRecords
internal import TenantModel

extension WrittenValue {
  /// Other values of the same kind, as YAML, for a trace to see what changes with them: those that
  /// share least with this one come first. What mgc refuses is among them.
  package var alternatives: [String] {
    switch schema {
    case .text(let form): texts(form).filter { $0 != value }.map { JSONValue.string($0).compact }
    case .integer(let range):
      Int(value).map { number in
        [number + 1, number - 1].filter(range.contains).map { String($0) }
      } ?? []
    case .boolean: value == "true" ? ["false"] : ["true"]
    case .enumeration(let words), .wordOr(let words, _):
      words.map(\.word).filter { $0 != value }.map { JSONValue.string($0).compact }
    case .constant, .list, .object: []
    }
  }

  private func texts(_ form: TextForm) -> [String] {
    if let time = Timestamp(parsing: value) {
      // Another day, hour, minute and second.
      return [time.adding(seconds: 97_384).description]
    }
    if let date = CalendarDate(parsing: value) { return [date.adding(days: 33).description] }
    let isSeparator: (Character) -> Bool = { ":=/@".contains($0) }
    let tail = value.lastIndex(where: isSeparator).map(value.index(after:)) ?? value.startIndex
    let head = value.firstIndex(of: "@") ?? value.endIndex
    return [
      value.unlike, value[..<tail] + String(value[tail...]).unlike,
      String(value[..<head]).unlike + value[head...], withAnotherNumber(value), "x" + value,
      value + "x",
    ] + form.examples
  }

  /// The text with its first number, such as a network's, one more.
  private func withAnotherNumber(_ text: String) -> String {
    guard let start = text.firstIndex(where: \.isWholeNumber) else { return text }
    let digits = text[start...].prefix(while: \.isWholeNumber)
    guard let number = Int(digits) else { return text }
    return text[..<start] + String(number < 200 ? number + 1 : number - 1)
      + text[digits.endIndex...]
  }
}
