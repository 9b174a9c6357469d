// Prints the host that the JavaScript SDK v3 calls for ECR and ECR Public; nothing is sent. ECR6_JS_SDK is a directory
// with node_modules/@aws-sdk/client-ecr and client-ecr-public.
import { createRequire } from "node:module";

const require = createRequire(process.env.ECR6_JS_SDK + "/");
const services = {
  ecr: ["@aws-sdk/client-ecr", "ECRClient", "DescribeRegistryCommand"],
  ecr_public: ["@aws-sdk/client-ecr-public", "ECRPUBLICClient", "DescribeRegistriesCommand"],
};
const requestHandler = {
  metadata: {},
  handle: async (request) => {
    throw Object.assign(new Error("seen"), { seen: request.hostname });
  },
};

const answer = {};
for (const [service, [module, client, command]] of Object.entries(services)) {
  try {
    const sdk = require(module);
    const credentials = { accessKeyId: "example", secretAccessKey: "example" };
    await new sdk[client]({ credentials, maxAttempts: 1, requestHandler }).send(new sdk[command]({}));
  } catch (error) {
    answer[service] = error.seen ?? null;
  }
}
console.log(JSON.stringify(answer));
