internal import JSONText
internal import Procedure
internal import TenantModel
internal import TenantReading
internal import Wording

/// What the contract says of keys, in the terms of the JSON Schema.
enum ContractSchema {
  static let rules: [SchemaRule] = belongings + needs

  /// The service that a key belongs to, for editors.
  static func note(_ entry: KeyEntry) -> LocalizedText? {
    guard let belonging = ContractKeys.belongings.first(where: { $0.path == entry.name }),
      belonging.word == nil
    else { return nil }
    let services = titles(belonging.services)
    return belonging.isRefusedWithout
      ? .init(ja: "\(services.ja)の契約があるときだけ書けます", en: "only with \(services.en)")
      : .init(ja: "\(services.ja)で使います", en: "used by \(services.en)")
  }

  static func titles(_ services: [Service]) -> LocalizedText {
    .init(
      ja: services.map(\.title.ja).joined(separator: "、"),
      en: services.map(\.title.en).joined(separator: ", "))
  }

  private static let services: SchemaRule.KeyPath = "contract.services"

  private static let belongings: [SchemaRule] = ContractKeys.belongings
    .filter(\.isRefusedWithout)
    .map { belonging in
      let titles = titles(belonging.services)
      let conditions: [SchemaCondition] =
        [.has(services)]
        + belonging.services.map { .not(.holds(services, word: $0.rawValue)) }
      return SchemaRule(
        when: conditions, .init(belonging.path),
        belonging.word.map { .refusedWord($0) } ?? .refused,
        message: .init(ja: "契約にない\(titles.ja)の設定", en: "it belongs to \(titles.en), not contracted")
      )
    }

  private static let needs: [SchemaRule] = ContractKeys.needs.map { need in
    SchemaRule(
      when: need.conditions.map(condition), .init(need.path), .required,
      message: .init(
        ja: "\(need.path): \(need.purpose.ja)に必要。\(need.source.wording.ja)で確かめる",
        en: "\(need.path) is needed: \(need.purpose.en); see \(need.source.wording.en)"))
  }

  private static func condition(_ condition: ContractCondition) -> SchemaCondition {
    func any(_ families: [ContractMatrix.Family], _ below: String = "") -> SchemaCondition {
      let ways = families.flatMap(\.keys).map {
        SchemaCondition.has(.init("mailServers.\($0)\(below)"))
      }
      return ways.count == 1 ? ways[0] : .any(ways)
    }
    return switch condition {
    case .contracted(let service): .holds(services, word: service.rawValue)
    case .server(let family): any([family])
    case .signsIn: any(ContractMatrix.Family.allCases.filter(\.signsIn), ".signIn")
    case .signsInByOAuth(let families): any(families, ".signIn.oauth")
    case .loopGuardByEgress: .has("gateway.loopGuard.egress")
    }
  }
}
