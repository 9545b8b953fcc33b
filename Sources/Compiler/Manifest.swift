internal import Artifacts
internal import JSONText
internal import Ledger

/// `manifest.json`: every other file below `out/` with its digest.
struct Manifest {
  let files: [LockedFile]
  let artifact: Artifact

  /// - Parameter documents: by path.
  init(tenant: String, _ documents: [Artifact]) {
    files = documents.map { LockedFile(path: $0.path.description, bytes: $0.bytes) }
    let value = JSONValue.object([
      "format_version": .integer(1),
      "tenant": .string(tenant),
      "files": .array(
        files.map { .object(["path": .string($0.path), "sha256": .string($0.sha256)]) }),
    ])
    artifact = Artifact("manifest.json", JSONDocument(value))
  }
}
