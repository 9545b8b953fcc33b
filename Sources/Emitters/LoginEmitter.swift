internal import Artifacts
internal import Procedure

extension Emitter {
  static let login = Emitter { _ in [] }
}
