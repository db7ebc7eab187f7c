//! `s3://BUCKET/KEY`, and how the CLI shows local files and sizes.

use crate::gather::Gather;

/// Bucket and key, both possibly empty; `None` for a path that isn't on S3.
pub(super) fn s3_path(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("s3://").map(bucket_and_key)
}

/// Splits `BUCKET/KEY`.
pub(super) fn bucket_and_key(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}

/// A file relative to the working directory, as the CLI names it: `./x`, `d/x`, `../../tmp/x`.
pub(super) fn relative(file: &str, working: &str) -> String {
    let (directory, name) = file.rsplit_once('/').unwrap_or(("", file));
    let own: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).gather();
    let from: Vec<&str> = working.split('/').filter(|part| !part.is_empty()).gather();
    let common = own.iter().zip(&from).take_while(|(one, other)| one == other).count();
    let mut parts: Vec<&str> = vec![".."; from.len() - common];
    parts.extend(own.iter().skip(common));
    if parts.is_empty() {
        parts.push(".");
    }
    parts.push(name);
    parts.join("/")
}

/// `14 Bytes`, `1.2 KiB`.
pub(super) fn human_readable(bytes: u64) -> String {
    if bytes == 1 {
        return "1 Byte".to_string();
    }
    if bytes < 1024 {
        return format!("{bytes} Bytes");
    }
    let mut unit: u64 = 1024;
    for name in ["KiB", "MiB", "GiB", "TiB", "PiB"] {
        // As the CLI: the first unit in which the rounded number is below 1024.
        let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
        if tenths < 10_240 || name == "PiB" {
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
        unit *= 1024;
    }
    format!("{bytes} Bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sizes() {
        assert_eq!(s3_path("s3://b/a/c"), Some(("b", "a/c")));
        assert_eq!(s3_path("s3://b"), Some(("b", "")));
        assert_eq!(s3_path("b/c"), None);
        assert_eq!(relative("/home/u/x", "/home/u"), "./x");
        assert_eq!(relative("/home/u/d/x", "/home/u"), "d/x");
        assert_eq!(relative("/tmp/x", "/home/u"), "../../tmp/x");
        assert_eq!(human_readable(14), "14 Bytes");
        assert_eq!(human_readable(1229), "1.2 KiB");
        assert_eq!(human_readable(5 * 1024 * 1024), "5.0 MiB");
    }
}
