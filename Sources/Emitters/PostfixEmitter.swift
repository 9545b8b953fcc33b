internal import Artifacts
internal import Procedure

extension Emitter {
  static let postfixFiles = Emitter { _ in [] }
}
