//! Requests of real clients: boto3, the aws CLI, whatever speaks HTTP to a stand-in of AWS's endpoints.
//!
//! The URL of such a request names the stand-in, so that its recipient is told apart from it. The request then
//! takes its route through the modelled network as a host's own requests do. Entries: [`Sandbox::receive`], and
//! [`Sandbox::send`] for a request whose URL is AWS's own.

use super::connection::{Connection, Way};
use super::fetch_url::{self, Listener};
use super::{NoSuchHost, OUTSIDE, Sandbox, authorize_steps};
use crate::chunk;
use crate::client::Transport;
use crate::clock::Timestamp;
use crate::cloud::{AccessKey, Credential, Instance, InstanceState, RealClients};
use crate::http::{Request, Response};
use crate::network::{self, Destination, NodeKind, NodeRef, Source};
use crate::services::PolicyChecks;
use crate::trace::{Recorder, Trace};

/// The region of requests that name none, or one that AWS doesn't have.
const DEFAULT_REGION: &str = "us-east-1";
/// The name under which the metadata service is asked.
const METADATA: &str = "169.254.169.254";

/// Whom a real client's request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// A service of AWS.
    Service {
        /// The first part of the endpoint's name: `s3`, `sts`, `iam`, ...
        name: &'a str,
        /// The region that the client is configured with, if it says so.
        region: Option<&'a str>,
        /// The bucket, whose region counts where the client says none.
        bucket: Option<&'a str>,
        /// Whether the request counts as sent over TLS to port 443, else it is plain HTTP to port 80.
        secure: bool,
    },
    /// The metadata service of an instance, by id.
    Metadata(&'a str),
}

impl Sandbox {
    /// The clock of the model, and that of the machine on which real clients run: they may sign by either.
    pub fn follow_clock(&mut self, now: Timestamp, machine: Timestamp) {
        self.cloud.now = now;
        self.cloud.real_clients = Some(RealClients { now: machine });
    }

    /// Lends Access Analyzer the checks of policies that it answers with.
    pub fn lend_policy_checks(&mut self, checks: PolicyChecks) {
        self.ledger.policy_checks = Some(checks);
    }

    /// Ids of the accounts.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.cloud.accounts.keys().map(String::as_str)
    }

    /// The access key of an account's root user, made where it has none. `None`: there is no such account.
    pub fn root_keys(&mut self, account: &str) -> Option<AccessKey> {
        let id = &self.cloud.accounts.get(account)?.id;
        let names = [id.as_str(), "root/key"];
        let key = AccessKey {
            access_key_id: self.cloud.entropy.access_key_id("AKIA", &names),
            secret_access_key: self.cloud.entropy.secret_access_key(&names),
            account: id.clone(),
            user: None,
            active: true,
            created: self.cloud.now,
            last_used: None,
        };
        if !self.cloud.credentials.contains_key(&key.access_key_id) {
            self.cloud.credentials.insert(key.access_key_id.clone(), Credential::LongTerm(key.clone()));
        }
        Some(key)
    }

    /// The instance that runs and was launched last.
    pub fn newest_instance(&self) -> Option<&str> {
        let all = self.cloud.accounts.values().flat_map(|account| account.instances.values());
        let running = all.filter(|instance| instance.state == InstanceState::Running);
        let age = |instance: &&Instance| {
            (
                instance.record.launch > 0,
                instance.launched,
                instance.record.launch,
                instance.origin.name.clone(),
            )
        };
        running.max_by_key(age).map(|instance| instance.id.as_str())
    }

    /// Whether there is an instance with that id, and it runs.
    pub fn runs(&self, instance: &str) -> bool {
        self.cloud.instance(instance).is_some_and(|instance| instance.state == InstanceState::Running)
    }

    /// The instance that a host is, or runs on. `None` for a machine outside AWS and for an unknown name.
    pub fn instance_of(&self, host: &str) -> Option<&str> {
        match &self.hosts.get(host)?.source {
            Source::Instance(id) | Source::Container { instance: id, .. } => Some(id),
            Source::Internet(_) => None,
        }
    }

    /// Sends one HTTP request, from `host` or from an internet host, and answers with what came back.
    ///
    /// A request that gets no answer is told as 504 with the reason as its body's code: `untold` where it hangs on a
    /// policy that can't be seen.
    pub fn send(&mut self, request: Request, host: Option<&str>) -> Result<(Response, Trace), NoSuchHost> {
        let from = self.sender(host)?;
        let listeners = fetch_url::listeners(&self.loaded);
        Ok(self.travel(request, from, &listeners, |connection, request| {
            let response = chunk::run(|| match connection.exchange(request) {
                Ok(response) => response,
                Err(failure) => {
                    let untold = connection.recorder.ended().is_some();
                    Response::new(504, "text/plain", if untold { "untold" } else { failure.code() })
                }
            });
            response.unwrap_or_else(|missing| {
                connection.ledger.missing = Some(missing);
                Response::new(503, "text/plain", "")
            })
        }))
    }

    /// The host that sends a client's request, or an internet host.
    fn sender(&self, host: Option<&str>) -> Result<(String, Source), NoSuchHost> {
        let outside = Source::Internet(OUTSIDE);
        if host.is_none() {
            return Ok((OUTSIDE.to_string(), outside));
        }
        let name = self.host_name(host)?;
        let source = self.hosts.get(&name).map_or(outside, |host| host.source.clone());
        Ok((name, source))
    }

    /// Lets a client's request travel. What it asks and changes stands in place of the last command's.
    fn travel<T>(
        &mut self,
        request: Request,
        (host, source): (String, Source),
        listeners: &[Listener],
        work: impl FnOnce(&mut Connection<'_>, Request) -> T,
    ) -> (T, Trace) {
        let command = format!("{} {}", request.method, request.url);
        self.ledger.questions.clear();
        self.before = None;
        let mut connection = Connection {
            cloud: &mut self.cloud,
            ledger: &mut self.ledger,
            recorder: Recorder::new(),
            source,
            host: NodeRef::new(NodeKind::Host, host.as_str()),
            listeners,
            depth: 0,
        };
        let done = work(&mut connection, request);
        let steps = connection.recorder.finish();
        self.authorize_steps = authorize_steps(&steps);
        self.meet_launched();
        (done, Trace { version: 1, host, command, exit_code: 0, steps })
    }

    /// Lets a request of a real client travel from `from` (`None`: a machine on the internet) to its recipient.
    ///
    /// Metadata is asked by the instance itself, unless `from` is a container on it. `None`: no answer comes; the
    /// trace says why.
    pub fn receive(
        &mut self,
        request: Request,
        to: Recipient<'_>,
        from: Option<&str>,
    ) -> Result<(Option<Response>, Trace), NoSuchHost> {
        let sender = match to {
            Recipient::Metadata(id) => self.asks_metadata(id, from),
            Recipient::Service { .. } => self.sender(from)?,
        };
        let (host, destination) = self.destination(to);
        let secure = matches!(to, Recipient::Service { secure: true, .. });
        Ok(self.travel(request, sender, &[], |connection, request| {
            let node = connection.node_of(&destination, &host);
            let way = Way { destination, node, port: if secure { 443 } else { 80 }, secure };
            connection.deliver(&request, way).ok()
        }))
    }

    /// The host on an instance that asks its metadata service: `from` if it runs there, else the instance.
    fn asks_metadata(&self, id: &str, from: Option<&str>) -> (String, Source) {
        let own = Source::Instance(id.to_string());
        if let Some(name) = from.filter(|name| self.instance_of(name) == Some(id)) {
            let source = self.hosts.get(name).map(|host| host.source.clone());
            return (name.to_string(), source.unwrap_or(own));
        }
        let named = self.hosts.iter().find(|(_, host)| host.source == own).map(|(name, _)| name.clone());
        (named.unwrap_or_else(|| id.to_string()), own)
    }

    /// AWS's name for a recipient, and what it stands for.
    fn destination(&self, to: Recipient<'_>) -> (String, Destination) {
        let Recipient::Service { name, region, bucket, .. } = to else {
            return (METADATA.to_string(), Destination::LinkLocal);
        };
        let own = bucket.and_then(|bucket| self.cloud.buckets.get(bucket));
        let region = region.or(own.map(|bucket| bucket.region.as_str())).unwrap_or(DEFAULT_REGION);
        let global = format!("{name}.amazonaws.com");
        let hosts =
            [format!("{name}.{region}.amazonaws.com"), format!("{name}.{DEFAULT_REGION}.amazonaws.com")];
        let known = hosts.into_iter().find(|host| network::resolve(host) != Destination::Unknown);
        let host = known.unwrap_or(global);
        let destination = match network::resolve(&host) {
            Destination::Service { name, region, .. } => {
                Destination::Service { name, region, bucket: bucket.map(str::to_string) }
            }
            other => other,
        };
        (host, destination)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::StepKind;

    const SCENARIO: &str = include_str!("../../www/scenarios/ec2-reads-s3.json");

    #[test]
    fn root_keys_depend_on_the_seed_and_sign() {
        let mut sandbox = Sandbox::new(SCENARIO).unwrap();
        let account = sandbox.accounts().next().unwrap().to_string();
        let key = sandbox.root_keys(&account).unwrap();
        assert_eq!(Sandbox::new(SCENARIO).unwrap().root_keys(&account).unwrap(), key);
        assert_eq!(sandbox.root_keys("000000000000"), None);
        let params = crate::sigv4::SigningKeyParams {
            access_key_id: &key.access_key_id,
            secret: &key.secret_access_key,
            session_token: None,
            region: "eu-west-1",
            service: "sts",
            at: sandbox.clock(),
        };
        let url = "http://127.0.0.1:4566/?Action=GetCallerIdentity&Version=2011-06-15";
        let signed = crate::sigv4::sign(&Request::new("POST", url), &params).request;
        // A region that no endpoint stands in is none to insist on.
        sandbox.follow_clock(sandbox.clock().plus_seconds(7200), sandbox.clock());
        let to = Recipient::Service { name: "sts", region: Some("nowhere"), bucket: None, secure: false };
        let (response, _) = sandbox.receive(signed, to, None).unwrap();
        let response = response.unwrap();
        assert_eq!(response.status, 200, "{:?}", response.body.text());
        assert!(response.body.text().unwrap().contains(&format!("arn:aws:iam::{account}:root")));
    }

    #[test]
    fn metadata_is_asked_from_the_instance_itself() {
        let mut sandbox = Sandbox::new(SCENARIO).unwrap();
        let id = sandbox.newest_instance().unwrap().to_string();
        let request = Request::new("GET", "http://169.254.169.254/latest/meta-data/instance-id");
        let (response, trace) = sandbox.receive(request, Recipient::Metadata(&id), None).unwrap();
        assert_eq!(trace.host, "AppInstance");
        assert_eq!(response.unwrap().body.text(), Some(id.as_str()));
    }

    #[test]
    fn a_request_that_hangs_on_an_unseen_policy_gets_no_answer() {
        let scenario = include_str!("../../www/scenarios/bucket-policy-denies.json");
        let mut sandbox = Sandbox::new(scenario).unwrap();
        let policy = sandbox.policies().iter().find(|policy| policy.kind == "resource").unwrap();
        let name = policy.policy.clone();
        let bucket =
            sandbox.cloud.buckets.values().find(|bucket| bucket.policy.is_some()).unwrap().name.clone();
        sandbox.unseen(&[name]).unwrap();
        let url = format!("https://{bucket}.s3.ap-northeast-2.amazonaws.com/?list-type=2");
        let (response, trace) = sandbox.send(Request::new("GET", &url), None).unwrap();
        assert_eq!((response.status, response.body.text()), (504, Some("untold")));
        assert_eq!(trace.steps.last().unwrap().code, "authorize.depends");
    }

    #[test]
    fn what_clients_asked_is_kept_of_the_last_request_alone() {
        let mut sandbox = Sandbox::new(SCENARIO).unwrap();
        let bucket = sandbox.cloud.buckets.keys().next().unwrap().clone();
        for _ in 0..3 {
            let request = Request::new("GET", &format!("http://127.0.0.1:4566/{bucket}/missing"));
            let to = Recipient::Service { name: "s3", region: None, bucket: Some(&bucket), secure: true };
            let (response, trace) = sandbox.receive(request, to, None).unwrap();
            assert_eq!(response.unwrap().status, 403);
            assert_eq!(sandbox.ledger.questions.len(), 1);
            let authorize = trace.steps.iter().find(|step| step.kind == StepKind::Authorize).unwrap();
            assert_eq!(sandbox.authorize_steps, [authorize.step]);
        }
    }
}
