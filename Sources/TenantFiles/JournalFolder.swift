internal import Diagnostics
internal import Ledger
internal import SourceText

/// The folder `.mgc-journal`: new contents under `stage/`, and the journal once it is committed.
struct JournalFolder {
  static let name = ".mgc-journal"
  static let stageName = "stage"
  static let journalName = "journal.json"
  static let draftName = "journal.json.tmp"
  /// The new lock, in the stage.
  static let lockName = "lock"

  let tenant: Folder
  let folder: Folder

  /// Opens what is there; nil for nothing, an error for a link.
  static func open(in tenant: Folder) throws(ApplyError) -> JournalFolder? {
    try OutputTree.enter(name, in: tenant).map { JournalFolder(tenant: tenant, folder: $0) }
  }

  /// The name under which the contents of an action are staged.
  static func stageName(of action: Int) -> String {
    let digits = String(action)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The stage; nil where there is none.
  func stage() throws(ApplyError) -> Folder? {
    try OutputTree.enter(Self.stageName, in: folder)
  }

  /// The journal, if there is one.
  func journal() throws(ApplyError) -> Journal? {
    let bytes: [UInt8]
    do {
      bytes = try folder.readFile(Self.journalName, limit: OutputFolder.lockLimit)
    } catch {
      switch error.reason {
      case .missing: return nil
      case .link(let path): throw .link(path)
      default: throw .unreadable(error)
      }
    }
    var bag = DiagnosticBag()
    let file = SourceFile(name: Self.journalName, bytes: bytes)
    guard let journal = Journal.read(file, id: .tenant, into: &bag) else {
      throw .damagedJournal(folder.path(of: Self.journalName))
    }
    return journal
  }
}
