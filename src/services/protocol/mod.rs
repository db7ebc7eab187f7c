//! How services read requests and write answers: the query protocol, REST with XML, and JSON.
//!
//! AWS page: Smithy, "AWS protocols" (`awsQuery`, `restXml`, `awsJson1_1`).

pub(super) mod json;
pub(super) mod ec2;
pub(super) mod query;
pub(super) mod rest_xml;
mod tree;
mod xml;

pub(super) use tree::Tree;
pub(super) use xml::Xml;
