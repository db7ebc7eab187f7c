"""An authenticator: the codes of RFC 6238 from the seed that IAM gives."""

import base64
import hashlib
import hmac
import time


class Device:
    """A virtual MFA device of the endpoint, enabled for a user."""

    def __init__(self, iam, user, name=None):
        made = iam.create_virtual_mfa_device(VirtualMFADeviceName=name or user)["VirtualMFADevice"]
        self.serial = made["SerialNumber"]
        self.seed = base64.b32decode(made["Base32StringSeed"])
        self.ahead = 0
        self.iam, self.user = iam, user

    def enable(self):
        codes = {"AuthenticationCode1": self.code(-1), "AuthenticationCode2": self.code()}
        self.iam.enable_mfa_device(UserName=self.user, SerialNumber=self.serial, **codes)
        return self

    def code(self, periods=0):
        """What the device shows now, or some half minutes later."""
        period = int(time.time() + self.ahead) // 30 + periods
        digest = hmac.new(self.seed, period.to_bytes(8, "big"), hashlib.sha1).digest()
        place = digest[-1] & 15
        return f"{(int.from_bytes(digest[place:place + 4], 'big') & 0x7FFFFFFF) % 1000000:06}"

    def proof(self, periods=1):
        return {"SerialNumber": self.serial, "TokenCode": self.code(periods)}
