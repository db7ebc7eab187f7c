use super::*;

fn carried() -> Tables {
    let mut tables = Tables::default();
    assert_eq!(tables.provide(SERVICES, include_bytes!("services.txt")), Ok(()));
    assert_eq!(tables.provide(ACTION_NAMES, include_bytes!("action-names.txt")), Ok(()));
    tables
}

fn key<'a>(tables: &'a Tables, name: &str) -> Option<&'a ConditionKey> {
    if let KeyLookup::Known(key) = tables.condition_key(name) { Some(key) } else { None }
}

#[test]
fn reads_the_carried_tables() {
    let tables = carried();
    assert_eq!(tables, Tables::carried());
    let sizes: Vec<(&str, usize)> =
        tables.services.iter().map(|service| (service.prefix.as_str(), service.actions.len())).collect();
    assert_eq!(sizes.len(), 6);
    for (prefix, least) in [("s3", 150), ("iam", 170), ("sts", 14), ("ec2", 700), ("organizations", 55)] {
        assert!(
            sizes.iter().any(|(other, count)| *other == prefix && *count >= least),
            "{prefix}: {sizes:?}"
        );
    }
    assert!(tables.prefixes().count() > 400);
    assert!(tables.regions("aws").unwrap().contains(&"eu-central-1".to_string()));
    assert_eq!(tables.regions("aws-mars"), None);
}

#[test]
fn every_reference_has_a_target_and_every_list_is_sorted() {
    for service in &carried().services {
        let lower = |name: &String| name.to_ascii_lowercase();
        assert!(service.actions.is_sorted_by_key(|action| lower(&action.name)), "{}", service.prefix);
        let keys = service.keys.len();
        for action in &service.actions {
            assert!(action.keys.iter().all(|place| usize::from(*place) < keys), "{}", action.name);
            assert_eq!(service.resources_of(action).count(), action.resources.len(), "{}", action.name);
            assert_eq!(service.action(&action.name.to_uppercase()), Some(action));
        }
        assert!(service.resources.iter().all(|resource| resource.arn.starts_with("arn:${Partition}:")));
    }
}

#[test]
fn knows_the_actions_of_this_model() {
    let tables = carried();
    let s3 = tables.service("S3").unwrap();
    let get_object = s3.action("getobject").unwrap();
    assert_eq!((get_object.name.as_str(), get_object.access_level), ("GetObject", AccessLevel::Read));
    assert!(s3.resources_of(get_object).any(|resource| resource.name == "object"));
    assert!(s3.keys_of(get_object).any(|key| key.is("s3:ExistingObjectTag/team")));
    assert!(!s3.keys_of(get_object).any(|key| key.is("s3:prefix")));
    let list_bucket = s3.action("ListBucket").unwrap();
    assert_eq!(list_bucket.access_level, AccessLevel::List);
    assert!(s3.keys_of(list_bucket).any(|key| key.is("s3:prefix")));
    let list_all = s3.action("ListAllMyBuckets").unwrap();
    assert_eq!(s3.resources_of(list_all).count(), 0);
    let iam = tables.service("iam").unwrap();
    let pass_role = iam.action("PassRole").unwrap();
    assert!(iam.keys_of(pass_role).any(|key| key.is("iam:PassedToService")));
    assert!(pass_role.resources.iter().all(|resource| resource.required));
}

#[test]
fn knows_condition_keys() {
    let tables = carried();
    assert_eq!(key(&tables, "AWS:sourceip").unwrap().value_type, KeyType::IpAddress);
    assert_eq!(key(&tables, "aws:SourceVpcArn").unwrap().value_type, KeyType::Arn);
    assert!(key(&tables, "aws:PrincipalOrgPaths").unwrap().multivalued);
    assert!(!key(&tables, "aws:PrincipalTag/team").unwrap().multivalued);
    assert!(key(&tables, "s3:prefix").is_some());
    assert!(key(&tables, "ec2:SourceInstanceARN").is_some());
    assert!(key(&tables, "token.actions.githubusercontent.com:ref").is_some());
    assert!(key(&tables, "saml:aud").is_some());
    assert_eq!(tables.condition_key("aws:SourceIP2"), KeyLookup::UnknownKey);
    assert_eq!(tables.condition_key("s3:prefx"), KeyLookup::UnknownKey);
    assert_eq!(tables.condition_key("kms:ViaService"), KeyLookup::Undecided);
    assert_eq!(tables.condition_key("oidc.example.com/id/1:sub"), KeyLookup::Undecided);
    assert_eq!(tables.condition_key("s33:prefix"), KeyLookup::UnknownService);
    assert!(matches!(tables.condition_key("aws:ResourceTag/"), KeyLookup::MissingTagKey(_)));
    assert!(matches!(tables.condition_key("aws:ResourceTag"), KeyLookup::MissingTagKey(_)));
}

#[test]
fn knows_the_names_of_other_services() {
    let tables = carried();
    let names = tables.actions_of("dynamodb").unwrap();
    assert!(names.contains(&"PutItem".to_string()) && names.contains(&"BatchGetItem".to_string()));
    assert!(tables.actions_of("lambda").unwrap().contains(&"InvokeFunction".to_string()));
    assert_eq!(tables.knows_service("Lambda"), Some(true));
    assert_eq!(tables.knows_service("lamda"), Some(false));
    assert_eq!(tables.actions_of("lamda"), None);
}

#[test]
fn says_when_it_cannot_tell() {
    let tables = Tables::default();
    assert_eq!(tables.knows_service("lambda"), None);
    assert_eq!(tables.condition_key("aws:SourceIp"), KeyLookup::Undecided);
    assert_eq!(tables.actions_of("s3"), None);
}

#[test]
fn refuses_damaged_tables() {
    let mut tables = Tables::default();
    assert_eq!(tables.provide("others.txt", b""), Err(TableFault::UnknownName));
    assert_eq!(tables.provide(SERVICES, b"\xff"), Err(TableFault::NotText));
    assert_eq!(tables.provide(SERVICES, b"# x\nkSs3:prefix\n"), Err(TableFault::Line(2)));
    assert_eq!(tables.provide(SERVICES, b"=s3 Amazon S3\nWGetObject !\n"), Err(TableFault::Line(2)));
    assert_eq!(tables.provide(ACTION_NAMES, b"lambda\n"), Err(TableFault::Line(1)));
    assert_eq!(tables, Tables::default());
}
