package import JSONText
internal import MailRecords
package import Procedure

/// What `mgc apply` last brought about for a tenant: the meaning of every resource that it issued
/// and the digest of every file that it wrote. It stands in `tenant.lock.json` beside tenant.yaml
/// and holds no time, so that the same tenant has the same lock everywhere.
package struct Lock: Equatable, Sendable {
  /// The format that this release writes; it reads no later one.
  package static let formatVersion = 1
  /// The name of the lock's file, beside tenant.yaml.
  package static let fileName = "tenant.lock.json"

  /// The tenant's id.
  package let tenant: String
  /// By id.
  package let resources: [LockedResource]
  /// By path.
  package let files: [LockedFile]

  /// What the zones held before mgc first changed them, by id.
  package let originals: [RememberedRecords]

  /// Sorts what it is given.
  package init(
    tenant: String, resources: [LockedResource], files: [LockedFile],
    originals: [RememberedRecords] = []
  ) {
    self.tenant = tenant
    self.resources = resources.sorted { $0.id < $1.id }
    self.files = files.sorted { $0.path < $1.path }
    self.originals = originals.sorted { $0.id < $1.id }
  }

  /// The resource of that id.
  package func resource(_ id: String) -> LockedResource? { resources.found(id, by: \.id) }

  /// The file of that path.
  package func file(at path: String) -> LockedFile? { files.found(path, by: \.path) }

  /// The document; `json.pretty` is the file.
  package var json: JSONValue {
    .object([
      "format_version": .integer(Self.formatVersion),
      "tenant": .string(tenant),
      "resources": .array(resources.map(\.json)),
      "files": .array(files.map(\.json)),
      "originals": .array(originals.map(\.json)),
    ])
  }
}

/// A resource as it was issued.
package struct LockedResource: Equatable, Sendable {
  package let id: String
  /// The number of its step, 1 to 8.
  package let step: Int
  package let properties: [Resource.Property]

  package init(id: String, step: Int, properties: [Resource.Property]) {
    self.id = id
    self.step = step
    self.properties = properties
  }

  package init(_ resource: Resource) {
    self.init(id: resource.id, step: resource.step.number, properties: resource.properties)
  }

  var json: JSONValue {
    .object([
      "id": .string(id),
      "step": .integer(step),
      "properties": .array(
        properties.map { .object(["name": .string($0.name), "value": .string($0.value)]) }),
    ])
  }
}

/// A file as it was written.
package struct LockedFile: Equatable, Sendable {
  /// Relative to `out/`, with `/` between the names.
  package let path: String
  /// The digest of its bytes, as `Digest.sha256` writes it.
  package let sha256: String

  package init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }

  package init(path: String, bytes: [UInt8]) {
    self.init(path: path, sha256: Digest.sha256(bytes))
  }

  var json: JSONValue { .object(["path": .string(path), "sha256": .string(sha256)]) }
}

extension RememberedRecords {
  var json: JSONValue {
    .object([
      "id": .string(id),
      "type": .string(type.description),
      "ttl": .integer(Int(ttl.seconds)),
      "records": .strings(records.map(\.presentation)),
      "written": .strings(written.map(\.presentation)),
    ])
  }
}

extension Array {
  /// The element with that key, in an array that is sorted by it.
  func found(_ key: String, by keyOf: (Element) -> String) -> Element? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if keyOf(self[middle]) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && keyOf(self[low]) == key ? self[low] : nil
  }
}
