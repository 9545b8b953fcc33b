package import Diagnostics
internal import SourceText
internal import TenantModel
internal import TenantReading
package import Wording

/// A question as it is put to people. What the key table says is not said again here.
package struct Question: Sendable {
  package let slot: Slot
  /// What the value is.
  let about: LocalizedText
  /// What the value belongs to, such as a domain's name.
  let owner: String?
  /// Where it is to be had.
  let source: LocalizedText?
  /// How an answer is written, where that is not plain from the example.
  let form: LocalizedText?
  let example: String?
  /// The words among which to choose.
  let choices: [Choice]
  /// What an empty answer means.
  let fallback: String?
  let whenEmpty: LocalizedText?

  struct Choice: Sendable {
    let word: String
    let about: LocalizedText
  }

  init(_ slot: Slot, _ interview: Interview) {
    self.slot = slot
    let topic = slot.topic
    let key = TenantReader.key(at: topic.path)
    about = topic.about ?? key?.about ?? .init(both: topic.path)
    switch topic.scope {
    case .tenant: owner = nil
    case .mailServer: owner = interview.serverName(slot.owner)
    case .domain: owner = interview.text(Slot(.domain, slot.owner))
    }
    source = topic.source
    form = topic.form
    choices = Self.choices(topic, key, interview)
    example = choices.isEmpty ? topic.example ?? key?.schema.example : nil
    fallback = Self.fallback(slot, interview)
    whenEmpty =
      fallback != nil
      ? nil
      : slot.isRequired
        ? topic.isIndispensable ? nil : .init(ja: "まだわからなければ空", en: "empty if not known yet")
        : topic.isRepeated && slot.owner > 0
          ? .init(ja: "もうなければ空", en: "empty if there are no more")
          : .init(ja: "なければ空", en: "empty for none")
  }

  private static func choices(
    _ topic: Topic, _ key: Schema.Key?, _ interview: Interview
  ) -> [Choice] {
    switch topic {
    case .mailServer:
      return ServerKind.allCases.map { kind in
        let about = TenantReader.key(at: "mailServers." + kind.rawValue)?.about
        return Choice(word: kind.rawValue, about: about ?? .init(both: ""))
      }
    case .server:
      return interview.owners(of: .mailServer).compactMap { interview.serverName($0) }
        .map { Choice(word: $0, about: .init(both: "")) }
    case .signIn, .lockdown:
      return (key?.schema.keys ?? []).map { Choice(word: $0.name, about: $0.about) }
    default:
      return (key?.schema.words ?? []).map { Choice(word: $0.word, about: $0.about) }
    }
  }

  /// What is usual, or documented.
  private static func fallback(_ slot: Slot, _ interview: Interview) -> String? {
    switch slot.topic {
    case .language: Language.ja.rawValue
    case .spamBypass: Microsoft365.SpamBypass.enhancedFiltering.rawValue
    case .signIn: "oauth"
    case .lockdown: "address"
    case .role: TenantDomain.Role.mail.rawValue
    case .server: interview.serverName(0)
    case .senders:
      switch interview.serverKind(ofDomain: slot.owner) {
      case .microsoft365: "include:spf.protection.outlook.com"
      case .googleWorkspace: "include:_spf.google.com"
      case .postfix, .other, nil: nil
      }
    default: nil
    }
  }

  /// An answer with the words that its numbers stand for.
  func worded(_ answer: String) -> String {
    if choices.isEmpty { return answer }
    func word(_ part: String) -> String {
      guard let number = Int(part.narrow), choices.indices.contains(number - 1) else { return part }
      return choices[number - 1].word
    }
    guard slot.topic.isList else { return word(answer) }
    return answer.listed(by: String.separators).map(word).joined(separator: ",")
  }

  /// The question on lines of its own, without the mark at which the answer is typed.
  package func rendered(_ language: Language) -> TerminalText {
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    // Before the language is known, both.
    let title = slot.topic == .language ? "\(about.ja) / \(about.en)" : about[language]
    let bold: TerminalText = "\(text: title)"
    var text: TerminalText = "\n\(bold, .bold)"
    if let owner { text += ": \(text: owner)" }
    text += "\n"
    func add(_ word: String, _ line: String) {
      let label: TerminalText = "\(text: word): "
      text += "  \(label, .dim)\(text: line)\n"
    }
    if let source { add(say("確かめる所", "where"), source[language]) }
    for (index, choice) in choices.enumerated() {
      text += "  \(index + 1)) \(text: choice.word)"
      let about = slot.topic == .language ? choice.about.ja : choice.about[language]
      if !about.isEmpty { text += "  \(text: about)" }
      text += "\n"
    }
    if let form { add(say("書き方", "write"), form[language]) }
    if let example { add(say("例", "example"), example) }
    if let fallback {
      add(say("空のとき", "if empty"), fallback)
    } else if let whenEmpty {
      text += "  \(text: whenEmpty[language])\n"
    }
    return text
  }

  /// One line for a list of what is missing.
  package func line(_ language: Language) -> TerminalText {
    var text: TerminalText = "\(text: about[language])"
    if let owner { text += " (\(text: owner))" }
    if let source { text += ": \(text: source[language])" }
    return text
  }
}
