package import Artifacts
package import Diagnostics
internal import Emitters
package import Ledger
package import MailRecords
package import Procedure
package import SourceText
package import TenantModel
package import TenantReading
internal import TenantRules
package import Wording
internal import YAMLTree

// The whole middle of mgc, as one function without a world: bytes in, values out.
//
//   SourceFile → read → Reading → compile(files, observed, lock, now) → Compilation
//
// Between the two the edge fetches the files that tenant.yaml names.

/// What the first stage knows: the model, and which files it still needs.
package struct Reading: Sendable {
  package var sources: SourceSet
  /// The files that tenant.yaml names, in the order in which it does.
  package let references: [Located<FileReference>]
  package let tenant: Tenant?
  /// What the comments silence.
  fileprivate var allowances = Allowances()
  fileprivate let isIncomplete: Bool
  fileprivate let bag: DiagnosticBag
}

/// What was observed outside of tenant.yaml.
package struct Observed: Sendable {
  /// What the zones hold; a domain that is not here has an unknown zone.
  package var zones: [DomainName: ZoneContents] = [:]
  /// Where a zone file writes a record set.
  package var zoneSpan: @Sendable (DomainName, OwnerName, RecordType) -> SourceSpan? = { _, _, _ in
    nil
  }
  package var diagnostics: [Diagnostic] = []
  /// The codes that the observer can find.
  package var codes: [DiagnosticCode] = []

  package init() {}
}

/// What is known of one tenant after all rules have judged it. What follows is made when it is
/// asked for: `check` needs none of it, `plan` no document.
package struct Compilation: Sendable {
  package let sources: SourceSet
  package let language: Language
  package let tenantID: Located<String>?
  package let diagnostics: [Diagnostic]
  /// The findings that a comment silences.
  package let silenced: [SilencedFinding]
  /// How many findings came after the limit.
  package let dropped: Int
  package let hasErrors: Bool
  /// What makes a procedure; nil where a finding is an error.
  fileprivate let ground: Ground?

  fileprivate struct Ground: Sendable {
    let tenant: Tenant
    let services: ContractedServices
    let keys: KeyRing
    let zones: [DomainName: ZoneContents]
    let lock: Lock?
  }

  /// The procedure with its plan; nil where a finding is an error.
  package func result() -> Result? {
    ground.map { ground in
      let procedure = Procedure(
        ground.tenant, services: ground.services, keys: ground.keys, zones: ground.zones,
        rememberedTTLs: ground.lock.map { $0.rememberedTTLs(of: ground.tenant) } ?? [:])
      return Result(
        procedure: procedure,
        plan: Plan(procedure, applied: ground.lock.map(\.applied) ?? []))
    }
  }

  /// With one more finding, which is an error, and the sources that it needs.
  func adding(_ error: Diagnostic, _ sources: SourceSet) -> Compilation {
    var bag = DiagnosticBag()
    bag.add(error)
    bag.add(contentsOf: diagnostics)
    return Compilation(
      sources: sources, language: language, tenantID: tenantID, diagnostics: bag.sorted,
      silenced: silenced, dropped: dropped + bag.dropped, hasErrors: true, ground: nil)
  }

  /// What there is without an error.
  package struct Result: Sendable {
    package let procedure: Procedure
    package let plan: Plan

    /// Everything that an apply writes.
    package func output() -> Output {
      let tenant = procedure.tenant.id.value.text
      let documents = Emitter.documents(of: procedure).sorted { $0.path < $1.path }
      let manifest = Manifest(tenant: tenant, documents)
      let own = manifest.artifact
      return Output(
        artifacts: (documents + [own]).sorted { $0.path < $1.path },
        lock: Lock(
          tenant: tenant,
          resources: procedure.resources.filter { !$0.isWaitingOnly }.map(LockedResource.init),
          files: manifest.files + [LockedFile(path: own.path.description, bytes: own.bytes)]))
    }
  }

  /// Everything that an apply writes.
  package struct Output: Sendable {
    /// All files below `out/`, by path.
    package let artifacts: [Artifact]
    /// The lock to be written beside them.
    package let lock: Lock
  }
}

package enum Compiler {
  /// Reads tenant.yaml.
  package static func read(_ file: SourceFile) -> Reading {
    var sources = SourceSet()
    let id = sources.add(file)
    var bag = DiagnosticBag()
    guard let document = YAMLReader.read(file, id: id, into: &bag) else {
      return Reading(sources: sources, references: [], tenant: nil, isIncomplete: true, bag: bag)
    }
    let wasSound = !bag.hasErrors
    let allowances = AllowanceReader.read(document, of: file, into: &bag)
    let reading = TenantReader.read(document, into: &bag)
    return Reading(
      sources: sources, references: reading.references, tenant: reading.tenant,
      allowances: allowances, isIncomplete: reading.isIncomplete || !wasSound, bag: bag)
  }

  /// Judges what was read.
  ///
  /// - Parameters:
  ///   - reading: with the sources of the files added.
  ///   - lock: what was applied before; nil where nothing was.
  ///   - now: decides only findings and the plan, never an artifact.
  package static func compile(
    _ reading: Reading, files: ReferencedFiles, observed: Observed, lock: Lock?, now: Timestamp
  ) -> Compilation {
    var bag = reading.bag
    bag.add(contentsOf: observed.diagnostics)
    let ground = judge(reading, files: files, observed: observed, lock: lock, now: now, into: &bag)
    let silencing = Silencing(
      reading.allowances, of: bag.sorted, in: reading.sources,
      Silencing.Ground(
        codes: reading.allowances.isEmpty ? [] : codes + observed.codes,
        references: reading.references.compactMap { reference in
          files.id(of: reference.value).map { ($0, reference.span) }
        }, today: now.date, isWhole: !bag.hasErrors && bag.dropped == 0))
    var left = DiagnosticBag()
    left.add(contentsOf: silencing.kept)
    left.add(contentsOf: silencing.findings)
    return Compilation(
      sources: reading.sources, language: reading.tenant?.language ?? .ja,
      tenantID: reading.tenant?.id.map(\.text), diagnostics: left.sorted,
      silenced: silencing.silenced, dropped: bag.dropped + left.dropped, hasErrors: bag.hasErrors,
      ground: ground)
  }

  /// Lets the rules judge; nil where a finding is an error.
  private static func judge(
    _ reading: Reading, files: ReferencedFiles, observed: Observed, lock: Lock?, now: Timestamp,
    into bag: inout DiagnosticBag
  ) -> Compilation.Ground? {
    guard var tenant = reading.tenant else { return nil }
    let keys = TenantReader.resolve(
      &tenant, references: reading.references, files: files, sources: reading.sources, into: &bag)
    let requirements = Requirements(of: tenant)
    let input = RuleInput(
      tenant: tenant, keys: keys, zones: observed.zones, zoneSpan: observed.zoneSpan,
      requirements: requirements, now: now)
    TenantRules.judge(input, isIncomplete: reading.isIncomplete, into: &bag)
    guard !bag.hasErrors, case .met(let services) = requirements else { return nil }
    return Compilation.Ground(
      tenant: tenant, services: services, keys: keys, zones: observed.zones, lock: lock)
  }
}

extension Lock {
  /// What the plan compares with; a step that no release knows is left out.
  fileprivate var applied: [Plan.Applied] {
    resources.compactMap { resource in
      Step(rawValue: resource.step).map {
        Plan.Applied(id: resource.id, step: $0, properties: resource.properties)
      }
    }
  }

  /// The TTLs that step 8 restores.
  fileprivate func rememberedTTLs(of tenant: Tenant) -> [DomainName: TTL] {
    var result: [DomainName: TTL] = [:]
    for domain in tenant.domains {
      let id = DomainChanges.restoreTTLIdentifier(of: domain.name.value)
      let seconds = resource(id)?.properties.first { $0.name == "ttl" }.flatMap { Int($0.value) }
      if let seconds, let ttl = TTL(seconds) { result[domain.name.value] = ttl }
    }
    return result
  }
}
