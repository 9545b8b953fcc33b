package import Diagnostics
package import SourceText
internal import TenantReading
package import Wording
internal import YAMLTree

/// A compilation with the files of its sources that a fix may edit.
package struct FixSubject: Sendable {
  package let compilation: Compilation
  /// The tenant's own files, beneath its folder.
  package let own: Set<SourceFileID>

  package init(_ compilation: Compilation, own: Set<SourceFileID>) {
    self.compilation = compilation
    self.own = own
  }
}

/// The safe fixes of a tenant, made round after round until none is left: one may bring the next to
/// light. Nothing is written.
///
/// A fix that would bring an error that was not there is not made. What was only not yet visible (a
/// text that is not YAML has no findings of the rules) was there.
package struct FixRun: Sendable {
  /// One that was made, as its finding was seen then.
  package struct Applied: Sendable {
    package let code: DiagnosticCode
    package let title: LocalizedText
    /// The name of the file that it edits.
    package let file: String
    /// Where it began, in the text before this fix's round.
    package let position: SourcePosition
  }

  /// A safe one that was not made.
  package struct Left: Sendable {
    package let finding: Diagnostic
    package let title: LocalizedText
    package let obstacle: FixSelection.Obstacle
  }

  /// A file that changed.
  package struct File: Sendable {
    package let name: String
    package let text: EditedText
    /// Stretches of the original whose lines are not shown.
    package let concealed: [Range<Int>]
  }

  package private(set) var applied: [Applied] = []
  package private(set) var left: [Left] = []
  /// What there is to say once the fixes are made.
  package private(set) var subject: FixSubject
  private var texts: [(name: String, text: EditedText)] = []
  /// Fixes that would bring errors: where they begin in the text as it is.
  private var refused: [Refused] = []
  private var compilationsLeft = Self.compilationLimit
  private let first: Compilation

  private struct Refused {
    let code: Int
    let file: String
    var offset: Int
  }

  private static let roundLimit = 10
  /// How often the tenant may be compiled anew, so that a file full of bad fixes ends in time.
  private static let compilationLimit = 100

  /// - Parameter recompile: compiles the tenant with other bytes for the files of these names.
  package init(
    _ subject: FixSubject, recompile: ([String: [UInt8]]) throws -> FixSubject
  ) rethrows {
    self.subject = subject
    first = subject.compilation
    for _ in 0..<Self.roundLimit {
      let selection = select()
      let candidates = selection.chosen.filter { !isRefused($0) }
      guard !candidates.isEmpty, compilationsLeft > 0 else { break }
      var made: [FixSelection.Item] = []
      var next = subject
      var bad: [FixSelection.Item] = []
      try add(candidates[...], to: &made, &next, &bad, recompile)
      guard finishRound(made, bad, next) else { break }
    }
    let selection = select()
    left = selection.left.map {
      Left(finding: $0.item.finding, title: $0.item.fix.title, obstacle: $0.obstacle)
    }
    for item in selection.chosen {
      left.append(Left(finding: item.finding, title: item.fix.title, obstacle: .newError))
    }
    left.sort { $0.finding.primary < $1.finding.primary }
  }

  /// The files that changed, in the order of reading.
  package var files: [File] {
    texts.map { name, text in
      let new = concealed(in: subject.compilation, name).map { text.origin(of: $0) }
      return File(name: name, text: text, concealed: concealed(in: first, name) + new)
    }
  }

  private func concealed(in compilation: Compilation, _ name: String) -> [Range<Int>] {
    compilation.diagnostics.compactMap { finding in
      guard finding.hidesSource else { return nil }
      let file = compilation.sources[finding.primary.file]
      guard file.name == name else { return nil }
      let lines = file.lines(of: finding.primary)
      return file.lineRange(lines.lowerBound)
        .lowerBound..<file.lineRange(lines.upperBound).upperBound
    }
  }

  private func select() -> FixSelection {
    FixSelection(subject.compilation.diagnostics, in: subject.compilation.sources) {
      subject.own.contains($0)
    }
  }

  private func isRefused(_ item: FixSelection.Item) -> Bool {
    let place = place(of: item)
    return refused.contains {
      $0.code == item.finding.code.number && $0.file == place.file && $0.offset == place.offset
    }
  }

  private func place(of item: FixSelection.Item) -> (file: String, offset: Int) {
    let span = item.fix.edits.first?.span ?? item.finding.primary
    return (subject.compilation.sources[span.file].name, span.lowerBound)
  }

  // MARK: A round

  /// Makes as many of the candidates as bring no error, halving those that together do.
  private mutating func add(
    _ candidates: ArraySlice<FixSelection.Item>, to made: inout [FixSelection.Item],
    _ next: inout FixSubject, _ bad: inout [FixSelection.Item],
    _ recompile: ([String: [UInt8]]) throws -> FixSubject
  ) rethrows {
    guard !candidates.isEmpty, compilationsLeft > 0 else { return }
    compilationsLeft -= 1
    let edits = FixSelection.edits(of: made + candidates)
    let after = try recompile(changedBytes(edits))
    if NewErrors(from: subject.compilation, to: after.compilation, edits).isEmpty {
      made += candidates
      next = after
    } else if candidates.count == 1 {
      bad += candidates
    } else {
      let middle = candidates.startIndex + candidates.count / 2
      try add(candidates[..<middle], to: &made, &next, &bad, recompile)
      try add(candidates[middle...], to: &made, &next, &bad, recompile)
    }
  }

  /// The bytes of all files that differ from what was read at first, with edits of this round.
  private func changedBytes(_ edits: [SourceFileID: [TextEdit]]) -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for (name, text) in texts { result[name] = text.bytes }
    for (id, edits) in edits {
      let file = subject.compilation.sources[id]
      var text = EditedText(file.bytes)
      text.apply(edits)
      result[file.name] = text.bytes
    }
    return result
  }

  /// Takes over what the round made; false where it made nothing.
  private mutating func finishRound(
    _ made: [FixSelection.Item], _ bad: [FixSelection.Item], _ next: FixSubject
  ) -> Bool {
    let sources = subject.compilation.sources
    refused += bad.map { item in
      let place = place(of: item)
      return Refused(code: item.finding.code.number, file: place.file, offset: place.offset)
    }
    guard !made.isEmpty else { return false }
    for item in made {
      guard let span = item.fix.edits.first?.span else { continue }
      let file = sources[span.file]
      applied.append(
        Applied(
          code: item.finding.code, title: item.fix.title, file: file.name,
          position: file.position(of: span.lowerBound)))
    }
    let edits = FixSelection.edits(of: made)
    for (index, file) in sources.files.enumerated() {
      guard let own = edits[SourceFileID(index: UInt16(clamping: index))] else { continue }
      let place = texts.firstIndex { $0.name == file.name } ?? texts.endIndex
      if place == texts.endIndex { texts.append((file.name, EditedText(file.bytes))) }
      texts[place].text.apply(own)
      for number in refused.indices where refused[number].file == file.name {
        refused[number].offset = own.moved(refused[number].offset)
      }
    }
    subject = next
    return true
  }
}

/// The errors that edits bring.
private struct NewErrors {
  private(set) var isEmpty = true

  /// An error for comparing: its code, its file and where it begins.
  private struct Place: Hashable {
    let code: Int
    let file: String
    let offset: Int
  }

  /// Its code, its file and what it says, should it have moved.
  private struct Wording: Hashable {
    let code: Int
    let file: String
    let message: String
  }

  /// Codes of reading that are found after reading, in the files that tenant.yaml names.
  private static let ofFiles: Set<Int> = [1044, 2016, 2017, 2018]

  init(from before: Compilation, to after: Compilation, _ edits: [SourceFileID: [TextEdit]]) {
    let editsByName = Dictionary(
      edits.map { (before.sources[$0.key].name, $0.value) }, uniquingKeysWith: { one, _ in one })
    var places: Set<Place> = []
    var wordings: [Wording: Int] = [:]
    for finding in before.diagnostics where finding.code.severity == .error {
      let file = before.sources[finding.primary.file].name
      let offset = finding.primary.lowerBound
      let code = finding.code.number
      places.insert(
        Place(code: code, file: file, offset: editsByName[file]?.moved(offset) ?? offset))
      wordings[Wording(code: code, file: file, message: finding.message.en), default: 0] += 1
    }
    let reading = Set((yamlReadingCodes + tenantReadingCodes).map(\.number))
    for finding in after.diagnostics where finding.code.severity == .error {
      let file = after.sources[finding.primary.file].name
      let code = finding.code.number
      let wording = Wording(code: code, file: file, message: finding.message.en)
      if places.contains(Place(code: code, file: file, offset: finding.primary.lowerBound)) {
        continue
      }
      if let count = wordings[wording], count > 0 {
        wordings[wording] = count - 1
        continue
      }
      let isEdited = editsByName[file]?.touch(finding, in: after.sources) ?? false
      let wasHidden =
        switch before.reach {
        case .text: true
        case .reading: !reading.contains(code) || Self.ofFiles.contains(code)
        case .rules: false
        }
      if isEdited || !wasHidden {
        isEmpty = false
        return
      }
    }
  }
}

extension [TextEdit] {
  /// Where a place of the text before these edits is in the text after them; one that is edited
  /// moves to where its edit begins.
  fileprivate func moved(_ offset: Int) -> Int {
    var shift = 0
    for edit in self {
      if edit.span.lowerBound >= offset { break }
      if edit.span.upperBound > offset { return edit.span.lowerBound + shift }
      shift += edit.replacement.utf8.count - (edit.span.upperBound - edit.span.lowerBound)
    }
    return offset + shift
  }

  /// Whether a finding of the text after these edits is about what one of them wrote, or hides a
  /// line that one of them changed.
  fileprivate func touch(_ finding: Diagnostic, in sources: SourceSet) -> Bool {
    let span = finding.primary
    var low = span.lowerBound
    var high = span.upperBound
    if finding.hidesSource {
      let file = sources[span.file]
      let lines = file.lines(of: span)
      low = file.lineRange(lines.lowerBound).lowerBound
      high = file.lineRange(lines.upperBound).upperBound
    }
    var shift = 0
    for edit in self {
      let start = edit.span.lowerBound + shift
      let end = start + edit.replacement.utf8.count
      if finding.hidesSource
        ? low <= end && start <= high : start <= low && high <= end && low < high
      {
        return true
      }
      shift += edit.replacement.utf8.count - (edit.span.upperBound - edit.span.lowerBound)
    }
    return false
  }
}
