import JSONText
import Ledger
import SourceText
import Testing

@Suite struct JournalTests {
  private static let digest = Digest.sha256([])

  private static func journal(previousLock: String?) -> Journal {
    var actions: [Journal.Action] = []
    if let path = RelativePath("1-login/楓.md") {
      actions.append(.write(path, sha256: digest, previous: nil))
    }
    if let path = RelativePath("RUNBOOK.md") { actions.append(.delete(path, previous: digest)) }
    return Journal(
      tenant: "kaede", actions: actions, lockSHA256: digest, previousLockSHA256: previousLock)
  }

  @Test(arguments: [nil, digest]) func comesBackAsItWas(previousLock: String?) {
    let journal = Self.journal(previousLock: previousLock)
    #expect(journal.actions.count == 2)
    let reading = readJournal(SourceFile(name: "journal.json", text: journal.json.pretty))
    #expect(reading.value == journal)
    #expect(reading.findings.isEmpty)
  }

  @Test func refusesEveryShorterText() {
    let text = Self.journal(previousLock: nil).json.pretty
    for count in 0..<text.utf8.count - 2 {
      let file = SourceFile(name: "journal.json", bytes: Array(text.utf8.prefix(count)))
      #expect(readJournal(file).value == nil)
    }
  }

  @Test(arguments: [
    ("write", "\"a\"", "null"), ("delete", "\"a\"", "\"\(digest)\""),
    ("move", "\"a\"", "\"\(digest)\""), ("write", "\"/a\"", "\"\(digest)\""),
    ("write", "\"a/../b\"", "\"\(digest)\""), ("write", "\"a\\u0000\"", "\"\(digest)\""),
  ])
  func refusesOtherActions(word: String, path: String, sha256: String) {
    let text = """
      {"format_version": 1, "tenant": "a", "actions": [
      {"op": "\(word)", "path": \(path), "sha256": \(sha256), "previous_sha256": null}],
      "lock_sha256": "\(Self.digest)", "previous_lock_sha256": null}
      """
    let reading = readJournal(SourceFile(name: "journal.json", text: text))
    #expect(reading.value == nil)
    #expect(!reading.findings.isEmpty)
  }
}

@Suite struct RelativePathTests {
  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\\b", "a\u{0}", "a\u{202E}",
    "a\nb", String(repeating: "a", count: 256), String(repeating: "a/", count: 40) + "a",
    String(repeating: "abcdefg/", count: 600) + "a",
  ])
  func refuses(text: String) { #expect(RelativePath(text) == nil) }

  @Test(arguments: [("a", nil), ("a/b", "a"), ("1-x/楓.txt", "1-x"), ("a/...", "a")])
  func accepts(text: String, parent: String?) {
    #expect(RelativePath(text)?.text == text)
    #expect(RelativePath(text)?.parent?.text == parent)
    #expect(RelativePath(text)?.components.joined(separator: "/") == text)
  }
}
