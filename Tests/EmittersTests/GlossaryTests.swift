import Foundation
import TestSupport
import Testing
import Wording

/// One word for one thing, in everything that mgc writes for people.
@Suite struct GlossaryTests {
  /// Documents of an example in a language, without what is not mgc's own wording.
  private static func texts(_ name: String, _ language: Language) throws -> [String: String] {
    let kinds = [".md", ".ps1", ".sh", ".ics", ".html"]
    return try ExampleFolder(name, language: language).procedure.documents.filter { path, _ in
      kinds.contains { path.hasSuffix($0) }
    }
  }

  /// The findings and the language, as the reference explains them.
  private static let references = ["findings", "language"].flatMap { name in
    Language.allCases.map { "schema/\(name).\($0.rawValue).md" }
  }

  /// Without quoted words of consoles, what people type, addresses and tags.
  private static func own(_ text: String) -> String {
    var text = text
    for pattern in [
      #"(?s)<(style|script)>.*?</\1>"#, #"(?s)<(pre|code)>.*?</\1>"#, #"(?s)```.*?```"#,
      #"``[^\n]*?``"#, #"`[^`\n]*`"#, #"「[^」\n]*」"#, #"\*\*[^*\n]*\*\*"#, #"https?://[^\s)"<]*"#,
      #"<[^>]*>"#, #""[^"\n]*""#, #"\S+@\S+"#,
    ] {
      text = text.replacingOccurrences(of: pattern, with: "·", options: .regularExpression)
    }
    return text
  }

  private static func refusals(in text: String) -> [String] {
    Glossary.refusals(in: own(text)).map { refusal in
      "\(refusal.word), which is \(refusal.term.name.ja) or \(refusal.term.name.en): \(refusal.excerpt)"
    }
  }

  @Test(arguments: ExampleFolder.names, Language.allCases)
  func noOtherWordForATerm(name: String, language: Language) throws {
    for (path, text) in try Self.texts(name, language).sorted(by: { $0.key < $1.key }) {
      let found = Self.refusals(in: text)
      #expect(found == [], "\(path)")
    }
  }

  @Test(arguments: references)
  func norInTheReference(path: String) throws {
    let text = try String(contentsOf: Judge.root.appending(path: path), encoding: .utf8)
    let found = Self.refusals(in: text)
    #expect(found == [], "\(path)")
  }

  @Test func aRefusedWordIsFound() {
    #expect(Self.refusals(in: "ベンダーに連絡").count == 2)
    #expect(Self.refusals(in: "MXの切り替えの後").count == 1)
    #expect(Self.refusals(in: "MXを切り替える。「ユーザ存在確認あり」").isEmpty)
    #expect(Self.refusals(in: "Send an E-Mail to googlemail.com").count == 1)
  }

  @Test func aTermRefusesNoOtherTerm() {
    let names = Glossary.terms.flatMap { [$0.name.ja, $0.name.en] }
    #expect(Set(names).count == names.count)
    for name in names { #expect(Self.refusals(in: name) == [], "\(name)") }
    for term in Glossary.terms {
      #expect(Self.refusals(in: term.meaning.ja + " " + term.meaning.en) == [], "\(term.name.en)")
    }
  }
}
