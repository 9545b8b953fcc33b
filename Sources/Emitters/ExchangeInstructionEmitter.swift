internal import Artifacts
internal import Procedure

extension Emitter {
  static let exchangeInstructions = Emitter { _ in [] }
}
