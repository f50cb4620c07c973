meta:
  id: tls
  title: TLS records and the handshake messages that are sent in the clear
  endian: be
doc: |
  RFC 5246 (TLS 1.2) and RFC 8446 (TLS 1.3). Message bodies begin behind the four bytes of the
  handshake header. Lists that are last in a message go to the end of the stream, so that a message
  that was cut off still gives its beginning.
types:
  record_header:
    seq:
      - id: content_type
        type: u1
      - id: version
        type: u2
      - id: length
        type: u2
  handshake_header:
    seq:
      - id: type
        type: u1
      - id: length
        type: b24
  client_hello:
    seq:
      - id: version
        type: u2
      - id: random
        size: 32
      - id: len_session_id
        type: u1
      - id: session_id
        size: len_session_id
      - id: len_cipher_suites
        type: u2
      - id: cipher_suites
        type: u2
        repeat: expr
        repeat-expr: len_cipher_suites / 2
      - id: len_compression_methods
        type: u1
      - id: compression_methods
        size: len_compression_methods
      - id: len_extensions
        type: u2
        if: not _io.eof
      - id: extensions
        type: extension
        repeat: eos
  server_hello:
    seq:
      - id: version
        type: u2
      - id: random
        size: 32
      - id: len_session_id
        type: u1
      - id: session_id
        size: len_session_id
      - id: cipher_suite
        type: u2
      - id: compression_method
        type: u1
      - id: len_extensions
        type: u2
        if: not _io.eof
      - id: extensions
        type: extension
        repeat: eos
  sslv2_client_hello:
    doc: RFC 5246 appendix E.2, behind the two bytes of length.
    seq:
      - id: message_type
        type: u1
      - id: version
        type: u2
      - id: len_cipher_specs
        type: u2
      - id: len_session_id
        type: u2
      - id: len_challenge
        type: u2
      - id: cipher_specs
        type: b24
        repeat: expr
        repeat-expr: len_cipher_specs / 3
  extension:
    seq:
      - id: type
        type: u2
      - id: len_body
        type: u2
      - id: body
        size: len_body
  server_name_list:
    doc: RFC 6066 section 3.
    seq:
      - id: len_names
        type: u2
      - id: names
        type: server_name
        repeat: eos
  server_name:
    seq:
      - id: type
        type: u1
      - id: len_name
        type: u2
      - id: name
        size: len_name
  protocol_name_list:
    doc: ALPN, RFC 7301 section 3.1.
    seq:
      - id: len_names
        type: u2
      - id: names
        type: protocol_name
        repeat: eos
  protocol_name:
    seq:
      - id: len_name
        type: u1
      - id: name
        size: len_name
  supported_versions:
    doc: As a client sends it (RFC 8446 section 4.2.1).
    seq:
      - id: len_versions
        type: u1
      - id: versions
        type: u2
        repeat: expr
        repeat-expr: len_versions / 2
  client_key_shares:
    doc: RFC 8446 section 4.2.8.
    seq:
      - id: len_entries
        type: u2
      - id: entries
        type: key_share_entry
        repeat: eos
  key_share_entry:
    seq:
      - id: group
        type: u2
      - id: len_key
        type: u2
      - id: key
        size: len_key
  certificate_list:
    doc: Certificate message of TLS 1.2 and before (RFC 5246 section 7.4.2).
    seq:
      - id: len_certificates
        type: b24
      - id: certificates
        type: certificate_entry
        repeat: eos
  certificate_entry:
    seq:
      - id: len_der
        type: b24
      - id: der
        size: len_der
