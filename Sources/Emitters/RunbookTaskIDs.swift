internal import Artifacts
internal import SourceText

/// The names under which a browser keeps the boxes that were ticked. A name stays the same while the
/// work does, in any later version of the runbook: a box whose words, values or file have changed
/// is another box, and has to be ticked again.
struct RunbookTaskIDs {
  private var files: [String: String] = [:]
  /// How often a name was given: the same work twice makes two boxes.
  private var given: [String: Int] = [:]

  /// A file that tasks may be about.
  mutating func add(_ document: Artifact) {
    var fingerprint = Fingerprint()
    fingerprint.add(document.bytes)
    files[document.path.description] = fingerprint.text
  }

  mutating func id(
    of task: Runbook.Task, in context: String, values: [Runbook.Value] = []
  ) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(context.utf8)
    for text in [task.text.ja.plain, task.text.en.plain] { fingerprint.add(text.utf8) }
    if let file = task.file { fingerprint.add((files[file.description] ?? "").utf8) }
    for value in values {
      for text in [value.label.ja.plain] + value.lines { fingerprint.add(text.utf8) }
    }
    let name = "t" + fingerprint.text
    given[name, default: 0] += 1
    let count = given[name] ?? 1
    return count == 1 ? name : name + "-\(count)"
  }
}
