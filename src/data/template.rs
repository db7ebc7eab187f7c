//! Templates with `${...}` parts, as the tables write ARNs and condition keys.

/// What `*`, `?` and `${...}` mean in the text that is compared with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A condition key: themselves; letters compare without regard to case.
    Key,
    /// A resource of a policy: `*` any characters, `?` one, `${...}` any.
    Resource,
}

/// Whether some ARN fits both an ARN format and the ARN of a policy, field by field: a wildcard of the policy's
/// first five fields doesn't reach over colons. A lone `*` fits every format.
pub fn arns_overlap(format: &str, text: &str) -> bool {
    if text == "*" {
        return true;
    }
    let mut fields = text.splitn(6, ':');
    let mut fits = format.splitn(6, ':').map(|format| match fields.next() {
        Some("") | None if format.is_empty() => true,
        Some(field) => overlaps(format, field, Reading::Resource),
        None => false,
    });
    fits.all(|fits| fits)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Literal(char),
    One,
    Many,
}

/// Whether some text fits both the template and the policy's text. A `${...}` of the template is one
/// character or more. Takes time in proportion to the product of both lengths.
pub fn overlaps(template: &str, text: &str, reading: Reading) -> bool {
    let template = template_tokens(template, reading);
    let text = text_tokens(text, reading);
    // Which places of the template can be reached with the part of the text that was read.
    let mut reached = vec![false; template.len() + 1];
    reached.iter_mut().take(1).for_each(|first| *first = true);
    skip_many(&template, &mut reached);
    let mut next = vec![false; reached.len()];
    for token in text {
        if token == Token::Many {
            let first = reached.iter().position(|is| *is).unwrap_or(reached.len());
            reached.iter_mut().skip(first).for_each(|is| *is = true);
            continue;
        }
        next.fill(false);
        for (place, other) in template.iter().enumerate() {
            if !reached.get(place).copied().unwrap_or(false) {
                continue;
            }
            let target = match (other, token) {
                (Token::Many, _) => place,
                (Token::Literal(a), Token::Literal(b)) if *a != b => continue,
                _ => place + 1,
            };
            next.iter_mut().skip(target).take(1).for_each(|is| *is = true);
        }
        skip_many(&template, &mut next);
        if !next.contains(&true) {
            return false;
        }
        std::mem::swap(&mut reached, &mut next);
    }
    reached.last().copied().unwrap_or(false)
}

/// A `Many` may stand for nothing.
fn skip_many(template: &[Token], reached: &mut [bool]) {
    for (place, token) in template.iter().enumerate() {
        if *token == Token::Many && reached.get(place) == Some(&true) {
            reached.iter_mut().skip(place + 1).take(1).for_each(|is| *is = true);
        }
    }
}

fn literal(character: char, reading: Reading) -> Token {
    Token::Literal(if reading == Reading::Key { character.to_ascii_lowercase() } else { character })
}

fn template_tokens(template: &str, reading: Reading) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        tokens.extend(before.chars().map(|character| literal(character, reading)));
        tokens.extend([Token::One, Token::Many]);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    tokens.extend(rest.chars().map(|character| literal(character, reading)));
    tokens
}

fn text_tokens(text: &str, reading: Reading) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let variable = rest.strip_prefix("${").and_then(|rest| rest.split_once('}'));
        rest = rest.get(character.len_utf8()..).unwrap_or("");
        tokens.push(match character {
            '*' if reading == Reading::Resource => Token::Many,
            '?' if reading == Reading::Resource => Token::One,
            '$' if reading == Reading::Resource && variable.is_some() => {
                rest = variable.map_or("", |(_, after)| after);
                Token::Many
            }
            _ => literal(character, reading),
        });
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_arns_field_by_field() {
        let format = "arn:${Partition}:s3:::${BucketName}";
        assert!(arns_overlap(format, "arn:aws:s3:::b*"));
        assert!(arns_overlap(format, "arn:*:s3:*:*:b"));
        assert!(arns_overlap(format, "*"));
        assert!(!arns_overlap(format, "arn:aws:kms:us-east-1:111122223333:key/*"));
        assert!(!arns_overlap(format, "arn:aws:s3"));
    }

    #[test]
    fn compares_patterns_with_templates() {
        let cases = [
            ("arn:${Partition}:s3:::${BucketName}", "arn:aws:s3:::b", true),
            ("arn:${Partition}:s3:::${BucketName}", "arn:aws:s3:::", false),
            ("arn:${Partition}:s3:::${BucketName}", "arn:aws:s3:::*", true),
            ("arn:${Partition}:s3:::${BucketName}", "*", true),
            ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b", false),
            ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b*", true),
            ("arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::b/${aws:username}/*", true),
            ("role/${RoleName}", "r?le/x", true),
            ("role/${RoleName}", "rol/x", false),
            ("role/${RoleName}", "Role/x", false),
            ("role/${RoleName}", "role/?", true),
            ("role/${RoleName}", "role/", false),
        ];
        for (template, text, expected) in cases {
            assert_eq!(overlaps(template, text, Reading::Resource), expected, "{template} {text}");
        }
        assert!(overlaps("aws:RequestTag/${TagKey}", "AWS:requesttag/Owner", Reading::Key));
        assert!(!overlaps("aws:RequestTag/${TagKey}", "aws:*", Reading::Key));
        assert!(overlaps("aws:RequestTag/${TagKey}", "aws:RequestTag/*", Reading::Key));
    }
}
