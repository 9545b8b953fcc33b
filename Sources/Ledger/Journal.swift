package import JSONText

/// What an apply that has begun will do, written before it does any of it, so that one that was
/// interrupted can be completed.
package struct Journal: Equatable, Sendable {
  package static let formatVersion = 1

  package let tenant: String
  /// In the order of doing.
  package let actions: [Action]
  /// The digest of the lock that stands at the end.
  package let lockSHA256: String
  /// The digest of the lock that stood before; nil where there was none.
  package let previousLockSHA256: String?

  /// One file of `out/`.
  package struct Action: Equatable, Sendable {
    package enum Operation: String, CaseIterable, Sendable {
      case write
      case delete
    }

    package let operation: Operation
    /// Relative to `out/`.
    package let path: RelativePath
    /// The digest of what is written; nil for a deletion.
    package let sha256: String?
    /// The digest of what stood there; nil where nothing did.
    package let previousSHA256: String?

    package static func write(
      _ path: RelativePath, sha256: String, previous: String?
    ) -> Action {
      Action(operation: .write, path: path, sha256: sha256, previousSHA256: previous)
    }

    package static func delete(_ path: RelativePath, previous: String?) -> Action {
      Action(operation: .delete, path: path, sha256: nil, previousSHA256: previous)
    }

    init(operation: Operation, path: RelativePath, sha256: String?, previousSHA256: String?) {
      self.operation = operation
      self.path = path
      self.sha256 = sha256
      self.previousSHA256 = previousSHA256
    }

    var json: JSONValue {
      .object([
        "op": .string(operation.rawValue),
        "path": .string(path.text),
        "sha256": .digest(sha256),
        "previous_sha256": .digest(previousSHA256),
      ])
    }
  }

  package init(
    tenant: String, actions: [Action], lockSHA256: String, previousLockSHA256: String?
  ) {
    self.tenant = tenant
    self.actions = actions
    self.lockSHA256 = lockSHA256
    self.previousLockSHA256 = previousLockSHA256
  }

  /// The document; `json.pretty` is the file.
  package var json: JSONValue {
    .object([
      "format_version": .integer(Self.formatVersion),
      "tenant": .string(tenant),
      "actions": .array(actions.map(\.json)),
      "lock_sha256": .string(lockSHA256),
      "previous_lock_sha256": .digest(previousLockSHA256),
    ])
  }
}

extension JSONValue {
  fileprivate static func digest(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
