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
  /// What tenant.yaml says, for fixes that take entries out; nil where it is not YAML.
  fileprivate let document: YAMLDocument?
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

  package init() {}
}

/// What is known of one tenant after all rules have judged it. What follows is made when it is
/// asked for: `check` needs none of it, `plan` no document.
package struct Compilation: Sendable {
  package let sources: SourceSet
  package let language: Language
  package let tenantID: String?
  package let diagnostics: [Diagnostic]
  /// How many findings came after the limit.
  package let dropped: Int
  package let hasErrors: Bool
  /// How far the judging came.
  package let reach: Reach
  /// What makes a procedure; nil where a finding is an error.
  fileprivate let ground: Ground?

  /// How much of the findings is known: what cannot be read keeps later stages from judging.
  package enum Reach: Sendable {
    /// Nothing but that the text is not YAML.
    case text
    /// All findings of reading, and of the rules those that need nothing unread.
    case reading
    /// All.
    case rules
  }

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
      return Reading(
        sources: sources, references: [], tenant: nil, document: nil, isIncomplete: true, bag: bag)
    }
    let wasSound = !bag.hasErrors
    let reading = TenantReader.read(document, into: &bag)
    return Reading(
      sources: sources, references: reading.references, tenant: reading.tenant,
      document: document, isIncomplete: reading.isIncomplete || !wasSound, bag: bag)
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
    bag.add(
      contentsOf: observed.diagnostics.lazy.filter {
        !reading.isIncomplete || $0.code.severity == .error
      })
    guard var tenant = reading.tenant else {
      return compilation(reading, bag, nil)
    }
    let keys = TenantReader.resolve(
      &tenant, references: reading.references, files: files, sources: reading.sources, into: &bag)
    let requirements = Requirements(of: tenant)
    let input = RuleInput(
      tenant: tenant, keys: keys, zones: observed.zones, zoneSpan: observed.zoneSpan,
      requirements: requirements, now: now)
    TenantRules.judge(input, isIncomplete: reading.isIncomplete, into: &bag)
    guard !bag.hasErrors, case .met(let services) = requirements else {
      return compilation(reading, bag, nil)
    }
    return compilation(
      reading, bag,
      Compilation.Ground(
        tenant: tenant, services: services, keys: keys, zones: observed.zones, lock: lock))
  }

  private static func compilation(
    _ reading: Reading, _ bag: DiagnosticBag, _ ground: Compilation.Ground?
  ) -> Compilation {
    let isWhole = !reading.isIncomplete && bag.dropped == 0
    return Compilation(
      sources: reading.sources, language: reading.tenant?.language ?? .ja,
      tenantID: reading.tenant?.id.value.text, diagnostics: resolved(bag.sorted, reading),
      dropped: bag.dropped, hasErrors: bag.hasErrors,
      reach: reading.document == nil ? .text : isWhole ? .rules : .reading, ground: ground)
  }

  /// The findings with the entries that their fixes take out as edits.
  private static func resolved(_ findings: [Diagnostic], _ reading: Reading) -> [Diagnostic] {
    guard findings.contains(where: { $0.fixes.contains { !$0.removals.isEmpty } }) else {
      return findings
    }
    let entries = reading.document.map(EntryRemoval.init)
    return findings.map { finding in
      finding.resolving { removal in
        if removal.span.file == .tenant { return entries?.edits(for: removal) }
        // Other files are lists of lines, or are nobody's to edit.
        guard removal.target == .entry, removal.original == nil else { return nil }
        return reading.sources[removal.span.file].removal(ofLine: removal.span)
      }
    }
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
