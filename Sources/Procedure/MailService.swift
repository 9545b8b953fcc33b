package import MailRecords

extension DomainName {
  /// The service that a mail exchanger's name tells of.
  package var mailService: (family: ContractMatrix.Family, title: String)? {
    let microsoft = [
      ".mail.protection.outlook.com", ".mx.microsoft", ".mail.protection.partner.outlook.cn",
      ".mail.protection.office365.us",
    ]
    if microsoft.contains(where: ascii.hasSuffix) { return (.microsoft365, "Microsoft 365") }
    if ascii.hasSuffix(".google.com") || ascii.hasSuffix(".googlemail.com") {
      return (.googleWorkspace, "Google Workspace")
    }
    return nil
  }
}
