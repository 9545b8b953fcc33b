internal import Artifacts
internal import Procedure

extension Emitter {
  static let settingsLists = Emitter { _ in [] }
}
