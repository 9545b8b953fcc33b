#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

// The only file that calls the system, and the only one with unsafe code in this room.

/// An open file or folder, closed when it goes out of use.
struct Descriptor: ~Copyable {
  fileprivate let number: Int32

  deinit { close(number) }
}

/// What stands under a name.
struct FileStatus {
  enum Kind { case file, folder, link, other }

  let kind: Kind
  /// Bytes; meaningful for files.
  let size: Int
  /// Who may read, write and run it.
  let permissions: UInt32
}

/// The system's error number and what it means.
package struct SystemError: Error, Equatable, Sendable {
  package let number: Int32

  static let missing = SystemError(number: ENOENT)
  static let exists = SystemError(number: EEXIST)
  static let notAFolder = SystemError(number: ENOTDIR)
  static let notEmpty = SystemError(number: ENOTEMPTY)
  static let link = SystemError(number: ELOOP)
  static let noDevice = SystemError(number: ENXIO)
  static let wouldBlock = SystemError(number: EWOULDBLOCK)

  /// The system's words, which are English as long as nobody sets a locale.
  package var text: String { unsafe String(cString: strerror(number)) }

  fileprivate static var last: SystemError { SystemError(number: errno) }
}

private let systemRead = unsafe read
private let systemWrite = unsafe write

/// The system's calls, with errors instead of return values, and repeated where a signal broke in.
enum POSIX {
  /// Opens a path as it stands, links followed.
  static func openFolder(path: String) throws(SystemError) -> Descriptor {
    try open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY)
  }

  /// Opens a path for reading, links followed, without waiting for the other end of a pipe.
  static func openFile(path: String) throws(SystemError) -> Descriptor {
    try open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
  }

  /// Opens a folder in a folder; a link is an error.
  static func openFolder(
    _ name: String, in folder: borrowing Descriptor
  ) throws(SystemError) -> Descriptor {
    try open(folder.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  }

  /// Opens a file in a folder for reading; a link is an error.
  static func openFile(
    _ name: String, in folder: borrowing Descriptor
  ) throws(SystemError) -> Descriptor {
    try open(folder.number, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
  }

  /// Creates a file in a folder for writing; one that exists is an error.
  static func createFile(
    _ name: String, in folder: borrowing Descriptor
  ) throws(SystemError) -> Descriptor {
    try open(folder.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
  }

  static func status(of descriptor: borrowing Descriptor) throws(SystemError) -> FileStatus {
    var raw = stat()
    guard unsafe fstat(descriptor.number, &raw) == 0 else { throw .last }
    return FileStatus(raw)
  }

  /// The status of what a path leads to, links followed.
  static func status(path: String) throws(SystemError) -> FileStatus {
    var raw = stat()
    guard unsafe fstatat(AT_FDCWD, path, &raw, 0) == 0 else { throw .last }
    return FileStatus(raw)
  }

  /// The status of a name in a folder; of a link, its own.
  static func status(
    _ name: String, in folder: borrowing Descriptor
  ) throws(SystemError) -> FileStatus {
    var raw = stat()
    guard unsafe fstatat(folder.number, name, &raw, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
    return FileStatus(raw)
  }

  /// Reads to the end of the file, but at most `limit` bytes.
  static func read(
    _ descriptor: borrowing Descriptor, limit: Int
  ) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let number = descriptor.number
      let start = count
      let result = unsafe bytes.withUnsafeMutableBytes { buffer in
        repeated {
          unsafe systemRead(
            number, buffer.baseAddress.map { unsafe $0 + start }, limit - start)
        }
      }
      guard result >= 0 else { throw .last }
      if result == 0 { break }
      count += result
    }
    bytes.removeLast(limit - count)
    return bytes
  }

  /// Writes all bytes of a range.
  static func write(
    _ bytes: [UInt8], _ range: Range<Int>, to descriptor: borrowing Descriptor
  ) throws(SystemError) {
    var start = range.lowerBound
    while start < range.upperBound {
      let number = descriptor.number
      let offset = start
      let result = unsafe bytes.withUnsafeBytes { buffer in
        repeated {
          unsafe systemWrite(
            number, buffer.baseAddress.map { unsafe $0 + offset }, range.upperBound - offset)
        }
      }
      guard result > 0 else { throw .last }
      start += result
    }
  }

  /// Makes what was written outlast a loss of power.
  static func synchronize(_ descriptor: borrowing Descriptor) throws(SystemError) {
    let number = descriptor.number
    #if canImport(Darwin)
      // A folder, and some file systems, know only fsync.
      if fcntl(number, F_FULLFSYNC) == 0 { return }
    #endif
    guard repeated({ Int(fsync(number)) }) == 0 else { throw .last }
  }

  static func setPermissions(
    _ permissions: UInt32, of descriptor: borrowing Descriptor
  ) throws(SystemError) {
    guard fchmod(descriptor.number, mode_t(permissions)) == 0 else { throw .last }
  }

  static func makeFolder(_ name: String, in folder: borrowing Descriptor) throws(SystemError) {
    guard unsafe mkdirat(folder.number, name, 0o777) == 0 else { throw .last }
  }

  /// Moves a file, replacing what stands under the new name; a link there is replaced itself.
  static func rename(
    _ name: String, in folder: borrowing Descriptor, to newName: String,
    in newFolder: borrowing Descriptor
  ) throws(SystemError) {
    guard unsafe renameat(folder.number, name, newFolder.number, newName) == 0 else { throw .last }
  }

  static func removeFile(_ name: String, in folder: borrowing Descriptor) throws(SystemError) {
    guard unsafe unlinkat(folder.number, name, 0) == 0 else { throw .last }
  }

  static func removeFolder(_ name: String, in folder: borrowing Descriptor) throws(SystemError) {
    guard unsafe unlinkat(folder.number, name, AT_REMOVEDIR) == 0 else { throw .last }
  }

  /// Takes the one exclusive lock of a file or folder, which ends with the descriptor; throws
  /// `wouldBlock` where another holds it.
  static func lock(_ descriptor: borrowing Descriptor) throws(SystemError) {
    let number = descriptor.number
    guard repeated({ Int(flock(number, LOCK_EX | LOCK_NB)) }) == 0 else { throw .last }
  }

  /// Ends the lock, also for whoever shares the open folder.
  static func unlock(_ descriptor: borrowing Descriptor) {
    flock(descriptor.number, LOCK_UN)
  }

  /// The names in a folder in no order, without `.` and `..`.
  static func names(in folder: borrowing Descriptor) throws(SystemError) -> [String] {
    // A stream closes its descriptor, and has the place of reading to itself.
    let number = unsafe openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .last }
    guard let stream = unsafe fdopendir(number) else {
      let error = SystemError.last
      close(number)
      throw error
    }
    defer { unsafe closedir(stream) }
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let start = unsafe UnsafeRawPointer(entry) + offset
      let name = unsafe String(cString: start.assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .last }
    return names
  }

  private static func open(
    _ folder: Int32, _ path: String, _ flags: Int32
  ) throws(SystemError) -> Descriptor {
    let result = repeated { unsafe Int(openat(folder, path, flags | O_CLOEXEC, 0o666)) }
    guard result >= 0 else { throw .last }
    return Descriptor(number: Int32(truncatingIfNeeded: result))
  }

  private static func repeated(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

extension FileStatus {
  fileprivate init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    size = Int(raw.st_size)
    permissions = UInt32(raw.st_mode) & 0o7777
  }
}
