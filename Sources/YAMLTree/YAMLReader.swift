package import Diagnostics
package import SourceText

/// What a reader refuses to go beyond, so that a hostile file ends in bounded time and memory.
package struct YAMLLimits: Sendable {
  /// The file's size.
  package let bytes: Int
  /// How deep sequences and mappings may nest, aliases followed.
  package let depth: Int
  /// How many nodes there may be once every alias is replaced by what it stands for.
  package let expandedNodes: Int
  /// How many runs of forbidden characters are reported before the reader stops looking.
  package let forbiddenRuns: Int

  package init(
    bytes: Int = 64 << 20, depth: Int = 64, expandedNodes: Int = 10_000_000,
    forbiddenRuns: Int = 20
  ) {
    // Offsets and record numbers have 32 bits, and a count has 24.
    self.bytes = min(bytes, 1 << 30)
    self.depth = depth
    self.expandedNodes = min(expandedNodes, (1 << 24) - 1)
    self.forbiddenRuns = forbiddenRuns
  }

  package static let standard = YAMLLimits()
}

/// Reads the strict subset of YAML in which tenants are written.
///
/// The bytes pass three stations. `ByteScan` refuses what is not UTF-8 or cannot be seen, and
/// looks for key material. `LibYAML` turns the text into events. `TapeBuilder` lays the events
/// out as a flat tape, checks the rules that YAML itself does not have, and hands over a
/// `YAMLDocument`.
package enum YAMLReader {
  /// Reads one document; nil where it cannot be read. All findings go into the bag.
  ///
  /// A document comes back in spite of findings that leave its shape clear (a duplicate key, a
  /// tag, a second document). Members whose key was refused are left out of it, and scalars that
  /// look like a secret read as `***`.
  package static func read(
    _ file: SourceFile, id: SourceFileID, limits: YAMLLimits = .standard,
    into bag: inout DiagnosticBag
  ) -> YAMLDocument? {
    nil
  }
}
