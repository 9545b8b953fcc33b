internal import Artifacts
internal import Procedure

extension Emitter {
  static let deliveryTarget = Emitter { _ in [] }
}
