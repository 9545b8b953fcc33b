/// Where a tenant is: its folder, and its file as it is called in findings.
package struct TenantPlace: Equatable, Sendable {
  package static let fileName = "tenant.yaml"

  /// The folder's path as a person wrote it; `.` for the current one.
  package let folder: String
  /// The path of its tenant.yaml.
  package let file: String

  /// The file's name in its folder.
  package var name: String { file.split(separator: "/").last.map(String.init) ?? file }

  /// The tenants that a path means: a file, a folder that holds a tenant.yaml, or a folder of such
  /// folders, sorted by name. Folders whose name begins with a full stop are passed over.
  package static func find(_ path: String) throws(ReadProblem) -> [TenantPlace] {
    let status: FileStatus
    do {
      status = try POSIX.status(path: path)
    } catch {
      throw ReadProblem(path: path, opening: error)
    }
    switch status.kind {
    case .file: return [TenantPlace(folder: parent(of: path), file: path)]
    case .link, .other: throw ReadProblem(path: path, reason: .special)
    case .folder: break
    }
    if let place = try place(in: path) { return [place] }
    let names: [String]
    do {
      names = try Folder.open(path).names()
    } catch let problem as ReadProblem {
      throw problem
    } catch let error as FileError {
      throw ReadProblem(path: path, reason: .failed(error))
    } catch {
      throw ReadProblem(path: path, reason: .changing)
    }
    var places: [TenantPlace] = []
    for name in names where !name.hasPrefix(".") {
      if let place = try place(in: join(path, name)) { places.append(place) }
    }
    guard !places.isEmpty else {
      throw ReadProblem(path: join(path, fileName), reason: .missing)
    }
    return places
  }

  /// The tenant of a folder that holds a tenant.yaml, whatever that is; nil for none.
  private static func place(in folder: String) throws(ReadProblem) -> TenantPlace? {
    let file = join(folder, fileName)
    do {
      _ = try POSIX.status(path: file)
      return TenantPlace(folder: folder, file: file)
    } catch {
      if error == .missing || error == .notAFolder { return nil }
      throw ReadProblem(path: file, opening: error)
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    if folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
