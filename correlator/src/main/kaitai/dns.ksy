meta:
  id: dns
  title: Parts of a DNS message (RFC 1035 section 4)
  endian: be
doc: |
  Header, question and resource record. The names in them may end in a compression pointer; where
  it points to is resolved by the reader of the whole message.
types:
  header:
    seq:
      - id: transaction_id
        type: u2
      - id: flags
        type: u2
      - id: question_count
        type: u2
      - id: answer_count
        type: u2
      - id: authority_count
        type: u2
      - id: additional_count
        type: u2
    instances:
      is_response:
        value: (flags & 0x8000) != 0
      opcode:
        value: (flags >> 11) & 0xf
      is_authoritative:
        value: (flags & 0x0400) != 0
      is_truncated:
        value: (flags & 0x0200) != 0
      is_recursion_available:
        value: (flags & 0x0080) != 0
      rcode:
        value: flags & 0xf
  question:
    seq:
      - id: name
        type: domain_name
      - id: type
        type: u2
      - id: class_code
        type: u2
  resource_record:
    seq:
      - id: name
        type: domain_name
      - id: type
        type: u2
      - id: class_code
        type: u2
      - id: ttl
        type: u4
      - id: len_data
        type: u2
      - id: data
        size: len_data
  domain_name:
    seq:
      - id: labels
        type: label
        repeat: until
        repeat-until: _.len_text == 0 or _.len_text >= 0x40
  label:
    doc: "1 to 63: so many bytes of text; 0: the end; 0xc0 on: a pointer; between: reserved."
    seq:
      - id: len_text
        type: u1
      - id: pointer_low
        type: u1
        if: len_text >= 0xc0
      - id: text
        size: len_text
        if: len_text < 0x40
