//! Objects, and the multipart uploads that become objects.
//!
//! AWS pages: S3 API Reference, "Data Types"; S3 User Guide, "Checking object integrity in Amazon S3".

use crate::clock::Timestamp;
use crate::http::Body;
use crate::sorted::SortedMap;

/// An object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Object {
    /// Its bytes.
    pub body: Body,
    /// Quoted MD5 in hexadecimal digits; of a multipart upload the MD5 of the parts' MD5s, `-` and their number.
    pub etag: String,
    /// Headers that were sent with it and come back with it, names in lower case: `x-amz-meta-...`, `cache-control`,
    /// `x-amz-storage-class`.
    pub headers: Vec<(String, String)>,
    /// The checksum that was sent with it, if one was.
    pub checksum: Option<Checksum>,
    /// LastModified.
    pub modified: Timestamp,
    /// Content-Type.
    pub content_type: String,
    /// Object tags.
    pub tags: SortedMap<String, String>,
}

/// A checksum that S3 keeps with an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// `crc32`
    pub algorithm: String,
    /// In Base64; of a composite one with `-` and the number of parts.
    pub value: String,
    /// What it is computed over.
    pub kind: ChecksumType,
}

/// ChecksumType.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChecksumType {
    /// Over all bytes.
    #[default]
    FullObject,
    /// Over the checksums of the parts.
    Composite,
}

/// A multipart upload under way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upload {
    /// The object that it will be, without its bytes.
    pub object: Object,
    /// When it began.
    pub initiated: Timestamp,
    /// ARN and id of who began it.
    pub initiator: (String, String),
    /// The algorithm and type of checksum that it began with.
    pub checksum: Option<(String, ChecksumType)>,
    /// Parts by number.
    pub parts: SortedMap<u16, Part>,
}

/// A part of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its bytes.
    pub body: Body,
    /// Quoted MD5 in hexadecimal digits.
    pub etag: String,
    /// Algorithm and value of the checksum that was sent with it.
    pub checksum: Option<(String, String)>,
    /// LastModified.
    pub modified: Timestamp,
}
