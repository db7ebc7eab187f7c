//! What `-v` adds: HTTP messages as they stand on the wire, the stages of a signature, the condition keys.

use super::Page;
use iam_sandbox::http::{Body, Headers};
use iam_sandbox::trace::{AuthorizeEvidence, Evidence, HttpEvidence, Params, SignEvidence, Step};

impl Page<'_> {
    pub(super) fn bytes(&mut self, step: &Step, margin: &str) {
        match &step.evidence {
            Evidence::Http(evidence) => self.messages(evidence, margin),
            Evidence::Sign(evidence) => self.signature(evidence, margin),
            Evidence::Authenticate(evidence) => {
                if let Some(recomputed) = &evidence.recomputed {
                    self.signature(recomputed, margin);
                }
                if let Some(provided) = &evidence.provided {
                    self.titled("ui.signature.provided", provided, margin);
                }
            }
            Evidence::Authorize(evidence) => self.context(evidence, margin),
            Evidence::Credentials(_) | Evidence::Route(_) => {}
        }
    }

    /// As curl -v marks them: `>` what is sent, `<` what comes back.
    fn messages(&mut self, evidence: &HttpEvidence, margin: &str) {
        let request = &evidence.request;
        self.put(margin, &format!("> {} {}", request.method, request.url));
        self.message('>', &request.headers, &request.body, margin);
        match &evidence.response {
            Some(response) => {
                self.put(margin, &format!("< {}", response.status));
                self.message('<', &response.headers, &response.body, margin);
            }
            None => self.say(&format!("{margin}< "), "ui.response.none", &Params::new()),
        }
    }

    fn message(&mut self, mark: char, headers: &Headers, body: &Body, margin: &str) {
        for (name, value) in headers {
            self.put(margin, &format!("{mark} {name}: {value}"));
        }
        let text = String::from_utf8_lossy(&body.0);
        if !text.is_empty() {
            self.put(margin, &mark.to_string());
            text.lines().for_each(|line| self.put(margin, &format!("{mark} {line}")));
        }
    }

    fn signature(&mut self, evidence: &SignEvidence, margin: &str) {
        self.titled("ui.canonical-request", &evidence.canonical_request, margin);
        self.titled("ui.string-to-sign", &evidence.string_to_sign, margin);
        self.titled("ui.signature", &evidence.signature, margin);
    }

    fn titled(&mut self, code: &str, text: &str, margin: &str) {
        self.say(margin, code, &Params::new());
        text.lines().for_each(|line| self.put(margin, &format!("| {line}")));
    }

    fn context(&mut self, evidence: &AuthorizeEvidence, margin: &str) {
        self.say(margin, "ui.context", &Params::new());
        for (key, entry) in &evidence.context {
            let sentence = self.texts.say(entry.origin, &Params::new());
            let values = entry.values.as_ref().map(|values| values.join(", "));
            let absent = self.texts.say("ui.context.absent", &Params::new());
            self.put(margin, &format!("| {key} = {}: {sentence}", values.unwrap_or(absent)));
        }
    }
}
