"""The endpoint itself: control, places, HTTP as it should not be, many clients, the end."""

import concurrent.futures
import signal
import socket
import time

from sandbox import BUCKET, MAIN, OTHER, Endpoint, TestCase


class Control(TestCase):
    def test_first_line(self):
        self.assertEqual(set(self.endpoint.accounts), {MAIN, OTHER})
        self.assertEqual(self.endpoint.control, self.endpoint.url + "/_sandbox")

    def test_trace_of_the_last_request(self):
        self.client("s3", "alice").get_object(Bucket=BUCKET, Key="hello.txt")
        trace = self.trace()
        kinds = [step["kind"] for step in trace["steps"]]
        self.assertEqual(kinds, ["route", "authenticate", "authorize", "respond"])
        self.assertEqual((trace["version"], trace["host"]), (1, "198.51.100.10"))
        authorize = trace["steps"][2]["evidence"]
        self.assertEqual((authorize["action"], authorize["decision"]), ("s3:GetObject", "Allow"))
        self.assertEqual(authorize["context"]["aws:SourceIp"]["values"], ["198.51.100.10"])
        self.assertEqual(authorize["context"]["aws:SecureTransport"]["values"], ["false"])

    def test_no_trace_before_the_first_request(self):
        self.assertEqual(self.endpoint.ask("GET", "/trace")[0], 404)

    def test_from_an_internet_host(self):
        self.endpoint.ask("POST", "/from", {"host": "alice"})
        self.client("s3", "alice").list_buckets()
        self.assertEqual(self.step("authorize")["evidence"]["context"]["aws:SourceIp"]["values"], ["203.0.113.9"])
        self.endpoint.ask("POST", "/from", {"host": None})
        self.client("s3", "alice").list_buckets()
        self.assertEqual(self.trace()["host"], "198.51.100.10")

    def test_from_a_private_subnet_through_a_gateway_endpoint(self):
        self.endpoint.ask("POST", "/from", {"host": "Private"})
        self.client("s3", "alice").list_buckets()
        self.assertEqual(self.step("route")["evidence"]["route"], "gateway-endpoint")
        self.assertRegex(self.step("authorize")["evidence"]["context"]["aws:SourceVpce"]["values"][0], "^vpce-")

    def test_from_a_private_subnet_without_a_way(self):
        self.endpoint.ask("POST", "/from", {"host": "Private"})
        self.refused("NoAnswer", self.client("sts", "alice").get_caller_identity, status=504)
        self.assertEqual(self.step("route")["evidence"]["droppedBy"], "route-table")

    def test_from_with_tls(self):
        self.endpoint.ask("POST", "/from", {"host": None, "secure": True})
        self.client("s3", "alice").list_buckets()
        self.assertEqual(self.step("authorize")["evidence"]["context"]["aws:SecureTransport"]["values"], ["true"])

    def test_from_an_unknown_host(self):
        status, answer = self.endpoint.ask("POST", "/from", {"host": "nosuch"})
        self.assertEqual(status, 404)
        self.assertIn("Private", answer["error"])

    def test_wrong_bodies(self):
        for path, body in (("/clock/advance", {"seconds": "1"}), ("/clock/advance", [1]), ("/from", {}), ("/from", 1)):
            self.assertEqual(self.endpoint.ask("POST", path, body)[0], 400, (path, body))

    def test_wrong_methods_and_paths(self):
        self.assertEqual(self.endpoint.ask("GET", "/reset")[0], 405)
        self.assertEqual(self.endpoint.ask("POST", "/nosuch", {})[0], 404)

    def test_a_page_of_another_origin(self):
        self.assertEqual(self.endpoint.ask("POST", "/reset", {}, {"Origin": "https://example.com"})[0], 403)
        self.assertEqual(self.endpoint.ask("POST", "/reset", {}, {"Origin": "http://localhost:8000"})[0], 200)

    def test_reset(self):
        s3 = self.client("s3", "carol")
        s3.delete_object(Bucket=BUCKET, Key="hello.txt")
        self.endpoint.ask("POST", "/clock/advance", {"seconds": 60})
        self.endpoint.ask("POST", "/reset")
        s3.head_object(Bucket=BUCKET, Key="hello.txt")
        _, answer = self.endpoint.ask("POST", "/clock/advance", {"seconds": 1})
        self.assertEqual(answer["advanced"], 1)

    def test_services_that_are_not_modelled(self):
        self.refused("InvalidAction", self.client("iam", "alice").list_server_certificates)
        self.refused("NotImplemented", self.client("sqs", "alice").list_queues)
        self.refused("NotImplemented", self.client("dynamodb", "alice").list_tables)


class Http(TestCase):
    def raw(self, *pieces, pause=0.0):
        """Everything that comes back for these bytes."""
        with socket.create_connection(("127.0.0.1", self.endpoint.port), timeout=20) as connection:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
        return received

    def status(self, *pieces, **how):
        return int(self.raw(*pieces, **how).split(b" ")[1])

    def test_nonsense(self):
        self.assertEqual(self.status(b"\x16\x03\x01\x02\x00\x01\x00"), 400)
        self.assertEqual(self.status(b"HELLO\r\n\r\n"), 400)
        self.assertEqual(self.status(b"GET / HTTP/2.0\r\n\r\n"), 505)
        self.assertEqual(self.status(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505)

    def test_hosts(self):
        for host in (b"example.com", b"127.0.0.1.example.com", b"169.254.169.254", b"192.168.0.1:4566"):
            self.assertEqual(self.status(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"), 403, host)
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\n\r\n"), 400)

    def test_lengths(self):
        head = b"PUT /b/k HTTP/1.1\r\nHost: localhost\r\n"
        self.assertEqual(self.status(head + b"Content-Length: x\r\n\r\n"), 400)
        self.assertEqual(self.status(head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), 400)
        self.assertEqual(self.status(head + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), 400)
        self.assertEqual(self.status(head + b"Content-Length: 268435457\r\n\r\n"), 413)
        self.assertEqual(self.status(head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), 400)
        self.assertEqual(self.status(head + b"Transfer-Encoding: chunked\r\n\r\nffffffff\r\n"), 413)

    def test_headers_of_64_kilobytes(self):
        head = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        line = b"X-Long: " + b"a" * 4000 + b"\r\n"
        self.assertEqual(self.status(head + line * 16 + b"\r\n"), 403)
        self.assertEqual(self.status(head + line * 20 + b"\r\n"), 431)

    def test_keep_alive_and_pipelining(self):
        one = b"GET /client-public-bucket/open/page.html HTTP/1.1\r\nHost: localhost\r\n"
        received = self.raw(one + b"\r\n" + one + b"\r\n" + one + b"Connection: close\r\n\r\n")
        self.assertEqual(received.count(b"HTTP/1.1 200 OK"), 3)
        self.assertEqual(received.count(b"<p>open</p>"), 3)

    def test_in_pieces(self):
        text = b"GET /client-public-bucket/open/page.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        self.assertEqual(self.status(*pieces, pause=0.005), 200)

    def test_expect_continue(self):
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.endpoint.port), timeout=20) as connection:
            connection.sendall(head)
            self.assertEqual(connection.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(b"ab")
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 "))

    def test_head_has_no_body(self):
        text = b"HEAD /client-public-bucket/open/page.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        head, body = self.raw(text).split(b"\r\n\r\n")
        self.assertIn(b"Content-Length: 12", head)
        self.assertEqual(body, b"")

    def test_clients_that_go_away(self):
        for text in (b"", b"GET", b"PUT /b/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"):
            with socket.create_connection(("127.0.0.1", self.endpoint.port)) as connection:
                connection.sendall(text)
        self.client("s3", "alice").list_buckets()

    def test_many_clients_and_a_slow_one(self):
        def get(number):
            client = self.client("s3", "alice")
            return client.get_object(Bucket=BUCKET, Key=f"numbers/{number:02}")["Body"].read()

        with socket.create_connection(("127.0.0.1", self.endpoint.port)) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(get, range(24)))
        self.assertEqual(answers, [str(number).encode() for number in range(24)])


class Programs(TestCase):
    def test_without_a_scenario(self):
        endpoint = Endpoint()
        self.assertEqual(len(endpoint.accounts), 1)
        self.endpoint = endpoint
        account, key = next(iter(endpoint.accounts.items()))
        root = {"aws_access_key_id": key["accessKeyId"], "aws_secret_access_key": key["secretAccessKey"]}
        self.assertEqual(self.client("sts", root).get_caller_identity()["Account"], account)
        self.assertEqual(self.client("s3", root).list_buckets()["Buckets"], [])
        self.assertEqual(endpoint.stop(), 0)

    def test_keys_come_from_the_seed(self):
        one, other = Endpoint(), Endpoint()
        self.assertEqual(one.accounts, other.accounts)
        self.assertNotEqual(one.port, other.port)
        self.assertEqual((one.stop(), other.stop()), (0, 0))

    def test_ends_at_an_interrupt_with_a_client_connected(self):
        endpoint = Endpoint()
        with socket.create_connection(("127.0.0.1", endpoint.port)) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n")
            endpoint.process.send_signal(signal.SIGINT)
            self.assertEqual(endpoint.process.wait(timeout=10), 0)
        endpoint.stop()

    def test_standard_output_is_one_line(self):
        endpoint = Endpoint()
        endpoint.process.terminate()
        self.assertEqual(endpoint.process.communicate(timeout=10)[0], "")
        endpoint.stop()
