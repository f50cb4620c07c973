meta:
  id: quic
  title: QUIC packet headers that need no keys (RFC 8999, RFC 9000 section 17)
  endian: be
types:
  long_header:
    seq:
      - id: first
        type: u1
      - id: version
        type: u4
      - id: len_destination_id
        type: u1
      - id: destination_id
        size: len_destination_id
      - id: len_source_id
        type: u1
      - id: source_id
        size: len_source_id
  initial_rest:
    doc: What an Initial has behind the long header, up to the protected packet number.
    seq:
      - id: token_length
        type: varint
      - id: token
        size: token_length.value
      - id: length
        type: varint
  protected_rest:
    doc: What 0-RTT and Handshake packets have there.
    seq:
      - id: length
        type: varint
  version_list:
    seq:
      - id: versions
        type: u4
        repeat: eos
  ack_frame:
    doc: RFC 9000 section 19.3, behind the type.
    seq:
      - id: largest
        type: varint
      - id: delay
        type: varint
      - id: range_count
        type: varint
      - id: first_range
        type: varint
  crypto_frame:
    doc: RFC 9000 section 19.6, behind the type.
    seq:
      - id: offset
        type: varint
      - id: length
        type: varint
  connection_close:
    doc: RFC 9000 section 19.19, behind the type 0x1c.
    seq:
      - id: error_code
        type: varint
      - id: frame_type
        type: varint
      - id: reason_length
        type: varint
      - id: reason
        size: reason_length.value
  varint:
    doc: |
      RFC 9000 section 16. Values beyond 31 bits, which nothing in these packets comes near, are
      given as the greatest there is.
    seq:
      - id: prefix
        type: b2
      - id: high
        type: b6
      - id: low
        type: u1
        repeat: expr
        repeat-expr: (1 << prefix) - 1
    instances:
      value2:
        value: (high << 8) | low[0]
      value4:
        value: (high << 24) | (low[0] << 16) | (low[1] << 8) | low[2]
      is_small:
        value: high == 0 and low[0] == 0 and low[1] == 0 and low[2] == 0 and low[3] < 0x80
      value8:
        value: "is_small ? (low[3] << 24) | (low[4] << 16) | (low[5] << 8) | low[6] : 0x7fffffff"
      value:
        value: "prefix == 0 ? high : prefix == 1 ? value2 : prefix == 2 ? value4 : value8"
