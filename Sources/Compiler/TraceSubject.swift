internal import Artifacts
internal import Diagnostics
internal import Emitters
package import Ledger
internal import Procedure
internal import SourceText
internal import TenantModel
package import TenantReading
internal import YAMLTree

/// A tenant's files as they were read, to be compiled again with other values in some places.
///
/// No rule judges such a variation: what it would write is asked for, not whether it may stand.
package struct TraceSubject {
  let sources: SourceSet
  private let standard: StandardReference?
  private let files: ReferencedFiles
  private let lock: Lock?
  private let observe: (Reading) -> Observed

  /// - Parameters:
  ///   - reading: with the sources of the files added.
  ///   - observe: what was observed, for a reading of the same files.
  package init(
    _ reading: Reading, files: ReferencedFiles, lock: Lock?,
    observe: @escaping (Reading) -> Observed
  ) {
    sources = reading.sources
    standard = reading.standard
    self.files = files
    self.lock = lock
    self.observe = observe
  }

  /// The files with edits made.
  struct Variation {
    fileprivate let reading: Reading
    private let texts: [(SourceFileID, EditedText)]

    fileprivate init(_ reading: Reading, _ texts: [(SourceFileID, EditedText)]) {
      self.reading = reading
      self.texts = texts
    }

    /// Where the findings of reading are, as places of the files without the edits.
    var refused: [SourceSpan] {
      reading.bag.sorted.lazy.filter { $0.code.severity == .error }.map { finding in
        let span = finding.primary
        guard let text = texts.first(where: { $0.0 == span.file })?.1 else { return span }
        return SourceSpan(file: span.file, text.origin(of: span.lowerBound..<span.upperBound))
      }
    }
  }

  /// The edits are in tenant.yaml and in the standard that it extends; nil where tenant.yaml then
  /// asks for another standard.
  func variation(_ edits: [TextEdit]) -> Variation? {
    var texts: [(SourceFileID, EditedText)] = []
    for id in Set(edits.map(\.span.file)).sorted() {
      var text = EditedText(sources[id].bytes)
      text.apply(edits.filter { $0.span.file == id })
      texts.append((id, text))
    }
    func file(_ id: SourceFileID) -> SourceFile {
      let original = sources[id]
      guard let text = texts.first(where: { $0.0 == id })?.1 else { return original }
      return SourceFile(name: original.name, bytes: text.bytes)
    }
    let opening = Compiler.open(file(.tenant))
    guard opening.standard == standard else { return nil }
    // A standard is the second file, wherever there is one.
    let second = SourceFileID(index: 1)
    var reading = Compiler.read(opening, standard: standard.map { _ in .file(file(second)) })
    for source in sources.files.dropFirst(reading.sources.files.count) {
      _ = reading.sources.add(source)
    }
    return Variation(reading, texts)
  }

  /// What the variation would write; nil where too little of it is there to say.
  func result(of variation: Variation) -> Compilation.Result? {
    Compiler.draft(
      variation.reading, files: files, observed: observe(variation.reading), lock: lock)
  }
}
