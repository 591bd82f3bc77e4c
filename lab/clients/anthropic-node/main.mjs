// npm `@anthropic-ai/sdk`, as its own documentation uses it.

import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { z } from 'zod';
import { base, check, end, expect, expectError, guarded, key, model } from '../checks.mjs';

const client = new Anthropic({ baseURL: base, apiKey: 'unused', maxRetries: 0 });

const hello = { model, max_tokens: 64, messages: [{ role: 'user', content: 'Say hello.' }] };
const weather = {
  name: 'weather',
  description: 'The weather in a city.',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'its name' } },
    required: ['city'],
  },
};
const Ticket = z.object({
  title: z.string(),
  priority: z.enum(['low', 'high']),
  urgent: z.boolean(),
  steps: z.array(z.string()),
  hours: z.number().nullable(),
});

function text(message) {
  return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

await check('models', async () => {
  const ids = [];
  for await (const each of client.models.list()) {
    ids.push(each.id);
  }
  expect(ids.includes(model), ids);
  const one = await client.models.retrieve(model);
  expect(one.id === model && one.type === 'model' && one.display_name.length > 0, one);
});

await check('chat', async () => {
  const message = await client.messages.create({ ...hello, system: 'Be brief.', temperature: 0, metadata: { user_id: 'me' } });
  expect(message.type === 'message' && message.role === 'assistant' && text(message).length > 0, message);
  expect(['end_turn', 'max_tokens'].includes(message.stop_reason), message);
  expect(message.usage.input_tokens > 0 && message.usage.output_tokens > 0, message.usage);
});

await check('chat.blocks', async () => {
  const message = await client.messages.create({
    ...hello,
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'Again.' },
    ],
    stop_sequences: ['\n\n\n'],
    top_k: 20,
    top_p: 0.9,
  });
  expect(text(message).length > 0, message);
});

await check('count_tokens', async () => {
  const { max_tokens: _, ...question } = hello;
  const short = await client.messages.countTokens(question);
  const long = await client.messages.countTokens({ ...question, system: 'Be brief.', tools: [weather] });
  expect(short.input_tokens > 0 && long.input_tokens > 0, [short, long]);
  const message = await client.messages.create(hello);
  expect(message.usage.input_tokens === short.input_tokens, [message.usage, short]);
});

await check('stream', async () => {
  const types = [];
  let deltas = '';
  const stream = client.messages.stream(hello);
  stream.on('text', (delta) => (deltas += delta));
  stream.on('streamEvent', (event) => types.push(event.type));
  const message = await stream.finalMessage();
  expect(deltas.length > 0 && text(message) === deltas, { deltas, message });
  expect(message.usage.output_tokens > 0 && message.stop_reason, message);
  expect(types[0] === 'message_start' && types.at(-1) === 'message_stop', types);
  expect(types.includes('content_block_start') && types.includes('content_block_stop'), types);
  expect(types.includes('message_delta'), types);
});

for (const [choice, name] of [
  [{ type: 'any' }, 'tools.required'],
  [{ type: 'tool', name: 'weather', disable_parallel_tool_use: true }, 'tools.named'],
]) {
  await check(name, async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Paris?' }];
    const ask = { model, max_tokens: 256, tools: [weather] };
    const first = await client.messages.create({ ...ask, messages, tool_choice: choice });
    const calls = first.content.filter((block) => block.type === 'tool_use');
    expect(first.stop_reason === 'tool_use' && calls.length > 0, first);
    expect(calls.every((call) => call.name === 'weather' && typeof call.input.city === 'string'), calls);
    messages.push({ role: 'assistant', content: first.content });
    messages.push({
      role: 'user',
      content: calls.map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: '21 degrees and sunny' })),
    });
    const last = await client.messages.create({ ...ask, messages, tool_choice: { type: 'none' } });
    expect(text(last).length > 0 && last.content.every((block) => block.type === 'text'), last);
  });
}

await check('tools.stream', async () => {
  let json = '';
  const stream = client.messages.stream({
    model,
    max_tokens: 256,
    messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
    tools: [weather],
    tool_choice: { type: 'any' },
  });
  stream.on('inputJson', (delta) => (json += delta));
  const message = await stream.finalMessage();
  const call = message.content.find((block) => block.type === 'tool_use');
  expect(call.name === 'weather' && JSON.parse(json).city === call.input.city, { json, message });
});

await check('tools.run', async () => {
  const called = [];
  const runner = client.beta.messages.toolRunner({
    model,
    max_tokens: 256,
    max_iterations: 1,
    messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
    tools: [
      betaZodTool({
        name: 'weather',
        description: 'The weather in a city.',
        inputSchema: z.object({ city: z.string() }),
        run: ({ city }) => {
          called.push(city);
          return `${city}: 21 degrees and sunny`;
        },
      }),
    ],
    tool_choice: { type: 'any' },
  });
  const message = await runner.runUntilDone();
  const result = await runner.generateToolResponse();
  expect(message.stop_reason === 'tool_use' && called.length > 0, { message, called });
  expect(result.content[0].type === 'tool_result' && result.content[0].content.endsWith('sunny'), result);
});

await check('structured', async () => {
  const message = await client.messages.parse({
    model,
    max_tokens: 512,
    messages: [{ role: 'user', content: 'A ticket: the disk is full.' }],
    output_config: { format: zodOutputFormat(Ticket) },
  });
  Ticket.parse(message.parsed_output);
});

await check('errors.not_found', async () => {
  const error = await expectError(Anthropic.NotFoundError, 404, () =>
    client.messages.create({ ...hello, model: 'no-such-model' }),
  );
  expect(error.error.type === 'error' && error.error.error.type === 'not_found_error', error.error);
});

await check('errors.bad_request', async () => {
  const error = await expectError(Anthropic.BadRequestError, 400, () => client.messages.create({ ...hello, max_tokens: -1 }));
  expect(error.error.error.type === 'invalid_request_error', error.error);
  await expectError(Anthropic.BadRequestError, 400, () => client.messages.stream({ ...hello, messages: [] }).finalMessage());
});

await check('errors.unauthorized', async () => {
  const stranger = new Anthropic({ baseURL: guarded, maxRetries: 0, apiKey: 'telos-no-such-key' });
  const error = await expectError(Anthropic.AuthenticationError, 401, () => stranger.messages.create(hello));
  expect(error.error.error.type === 'authentication_error', error.error);
});

await check('errors.rate_limited', async () => {
  const tenant = new Anthropic({ baseURL: guarded, maxRetries: 0, apiKey: key });
  const first = await tenant.messages.create(hello);
  expect(first.type === 'message', first);
  const error = await expectError(Anthropic.RateLimitError, 429, () => tenant.messages.stream(hello).finalMessage());
  expect(error.error.error.type === 'rate_limit_error', error.error);
  expect(Number(error.headers.get('retry-after')) > 0, [...error.headers]);
});

await check('cancel', async () => {
  const stream = await client.messages.create({
    model,
    max_tokens: 2000,
    messages: [{ role: 'user', content: 'Count.' }],
    stream: true,
    output_config: {
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { numbers: { type: 'array', items: { type: 'integer' }, minItems: 600 } },
          required: ['numbers'],
          additionalProperties: false,
        },
      },
    },
  });
  let pieces = 0;
  for await (const event of stream) {
    pieces += event.type === 'content_block_delta' ? 1 : 0;
    if (pieces === 3) {
      stream.controller.abort();
    }
  }
  expect(pieces >= 3, pieces);
});

await end();
