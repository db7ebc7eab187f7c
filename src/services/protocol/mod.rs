//! How services read requests and write answers: the query protocol and REST with XML.
//!
//! AWS page: Smithy, "AWS protocols" (`awsQuery`, `restXml`).

pub(super) mod query;
pub(super) mod rest_xml;
mod xml;

pub(super) use xml::Xml;
