/// What if a fact were another? A trace compiles with one source's facts changed, and sees what
/// that changes in an artifact. Outside of a trace every fact is as it is stated.
package enum FactTrial {
  /// The source whose facts are read as other values.
  @TaskLocal package static var changedSource: String?
  /// The fact's value, or another one of its kind where its source is on trial.
  static func value<Value>(of fact: Fact<Value>, _ stated: Value) -> Value {
    guard let changedSource, changedSource == fact.source else { return stated }
    let other: Any? =
      switch stated {
      case let number as Int: number + 1
      case let range as ClosedRange<Int>: range.lowerBound...(range.upperBound + 1)
      case let text as String: text.unlike
      case let (before, after) as (String, String): (before.unlike, after.unlike)
      case let path as ConsoleScreenName.Path:
        ConsoleScreenName.Path(words: path.words.map(\.unlike), isConfirmed: path.isConfirmed)
      case let place as GoogleConsole.Place:
        GoogleConsole.Place(ja: place.ja.map(\.unlike), en: place.en.map(\.unlike))
      case let words as [String]: words.map(\.unlike)
      default: nil
      }
    return other as? Value ?? stated
  }
}

extension String {
  /// A text of the same form that shares no letter and no digit with this one at any place.
  package var unlike: String {
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "z", "Z", "9": result.append(scalar == "9" ? "0" : scalar == "z" ? "a" : "A")
      case "a"..."y", "A"..."Y", "0"..."8":
        result.append(Unicode.Scalar(UInt8(scalar.value) + 1))
      default: result.append(scalar.isASCII ? scalar : scalar == "〓" ? "〇" : "〓")
      }
    }
    return String(result)
  }
}
