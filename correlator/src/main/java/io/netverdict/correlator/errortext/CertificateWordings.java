package io.netverdict.correlator.errortext;

import static io.netverdict.correlator.errortext.Wording.expressions;
import static io.netverdict.correlator.errortext.Wording.phrases;

import java.util.List;
import java.util.stream.Stream;

/** Ways of saying that the server's certificate was not accepted. */
final class CertificateWordings {

    static final List<Wording> ALL =
            Stream.of(
                            expressions(
                                    Complaint.CERTIFICATE_EXPIRED_OR_NOT_YET,
                                    "certificate has expired or is not yet valid(?!: [^\\n]{0,120} is (?:after|before))"),
                            phrases(
                                    Complaint.CERTIFICATE_EXPIRED_OR_NOT_YET,
                                    "err_cert_date_invalid",
                                    "nottimevalid",
                                    "not within its validity period",
                                    "ec_expired",
                                    "validity check failed"),
                            expressions(
                                    Complaint.CERTIFICATE_EXPIRED,
                                    "expired or is not yet valid: [^\\n]{0,120} is after",
                                    "certificate has expired(?! or is)",
                                    "certificate (?:is|was) expired",
                                    "certificateexpiredexception",
                                    "\\bnotafter: ",
                                    "invalid peer certificate: \\w{0,40}expired",
                                    "certificate expired (?:on|at|\\()"),
                            phrases(
                                    Complaint.CERTIFICATE_EXPIRED,
                                    "cert_has_expired",
                                    "sec_e_cert_expired",
                                    "sslerrorexpiredcert",
                                    "peer's certificate has expired",
                                    "chain uses expired certificate",
                                    "certificate validity has expired",
                                    "expiredcertificate",
                                    "x509_v_err_cert_has_expired",
                                    "expired certificate: "),
                            expressions(
                                    Complaint.CERTIFICATE_NOT_YET_VALID,
                                    "expired or is not yet valid: [^\\n]{0,120} is before",
                                    "certificate is not yet valid",
                                    "certificatenotyetvalidexception",
                                    "\\bnotbefore: ",
                                    "certificate is not yet activated"),
                            phrases(
                                    Complaint.CERTIFICATE_NOT_YET_VALID,
                                    "cert_not_yet_valid",
                                    "notvalidyet",
                                    "chain uses not yet valid certificate",
                                    "not yet activated",
                                    "certificate validity starts in the future"),
                            phrases(
                                    Complaint.CERTIFICATE_NAME_MISMATCH,
                                    "owner does not match hostname",
                                    "no subject alternative",
                                    "no name matching",
                                    "hostname mismatch",
                                    "ip address mismatch",
                                    "doesn't match any of the subject alternative",
                                    "err_tls_cert_altname_invalid",
                                    "does not match certificate's altnames",
                                    "no alternative certificate subject name matches",
                                    "does not match target host name",
                                    "err_cert_common_name_invalid",
                                    "remotecertificatenamemismatch",
                                    "notvalidforname",
                                    "not valid for name",
                                    "sec_e_wrong_principal",
                                    "not valid for any names",
                                    "relies on legacy common name",
                                    "doesn't contain any ip sans",
                                    "doesn't match requested host name",
                                    "did not match expected hostname",
                                    "wrong principal",
                                    "name in the certificate does not match",
                                    "does not match '",
                                    "sslcertverificationerror: (\"hostname",
                                    "does not match the expected hostname"),
                            expressions(
                                    Complaint.CERTIFICATE_NAME_MISMATCH,
                                    "certificate is valid for (?!any)[^\\n]{1,2000}, not ",
                                    "hostname [^\\n]{1,300} not verified",
                                    "hostname '[^']{1,255}' doesn't match",
                                    "certificate is not valid for '",
                                    "certificate for <[^>\\n]{1,300}>? ?doesn't match",
                                    "x509: certificate is not valid for "),
                            phrases(
                                    Complaint.CERTIFICATE_UNTRUSTED,
                                    "signed by unknown authority",
                                    "self-signed certificate",
                                    "self signed certificate",
                                    "self_signed_cert",
                                    "get local issuer certificate",
                                    "get issuer cert",
                                    "unable_to_get_issuer",
                                    "unable to verify the first certificate",
                                    "unable_to_verify_leaf",
                                    "unable to find valid certification path",
                                    "pkix path building failed",
                                    "no trusted certificate found",
                                    "trust anchor for certification path not found",
                                    "unknownissuer",
                                    "err_cert_authority_invalid",
                                    "untrustedroot",
                                    "partialchain",
                                    "sec_e_untrusted_root",
                                    "issuer certificate is unknown",
                                    "certificate is not trusted",
                                    "remotecertificatechainerrors",
                                    "locally verify the issuer",
                                    "not issued by a trusted",
                                    "certificate not trusted",
                                    "not correctly signed by the trusted ca",
                                    "certificate issuer is unknown",
                                    "certificate is not standards compliant",
                                    "unknown ca: ",
                                    "not trusted by the trust provider",
                                    "certificate chain was issued by an authority that is not trusted",
                                    "invalid certificate chain"),
                            phrases(
                                    Complaint.CERTIFICATE_OTHER,
                                    "certificate revoked",
                                    "certificate has been revoked",
                                    "err_cert_revoked",
                                    "ee certificate key too weak",
                                    "certificate signature failure",
                                    "pkix path validation failed",
                                    "algorithm constraints",
                                    "md too weak",
                                    "key too small",
                                    "unsupported certificate purpose",
                                    "unhandled critical extension",
                                    "err_cert_weak",
                                    "x509: invalid",
                                    "x509: malformed",
                                    "invalid_purpose",
                                    "cert_revoked",
                                    "badsignature"))
                    .flatMap(List::stream)
                    .toList();

    private CertificateWordings() {}
}
