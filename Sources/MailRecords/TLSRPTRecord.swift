/// The TXT record that asks for reports about TLS (RFC 8460 §3).
package struct TLSRPTRecord: Hashable, Sendable {
  package let reports: [ReportURI]

  package init(reports: [ReportURI]) { self.reports = reports }
}

extension TLSRPTRecord: CustomStringConvertible {
  package var description: String {
    "v=TLSRPTv1; rua=" + reports.map(\.description).joined(separator: ",")
  }
}
