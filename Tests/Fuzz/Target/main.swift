internal import CFuzzer
internal import Glibc
internal import Invariants

// Runs libFuzzer over `FuzzInput`, in one process. `make fuzz` builds and starts it.

/// Ends the process where something does not hold, which libFuzzer takes for a crash.
private func judge(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  let faults = FuzzInput(bytes).faults()
  precondition(faults.isEmpty, faults.joined(separator: "\n"))
  return 0
}

var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
  unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&argumentCount, &arguments) { data, count in
  unsafe judge(data, count)
}
exit(status)
