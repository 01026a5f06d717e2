import assert from 'node:assert/strict';
import {
  checkReadable,
  checkWritable,
  isNumeric,
  kindName,
  parseStructure,
} from '../../../client/values/structure.js';
import { TYPES } from '../../../client/values/types.js';
import { property, refuses } from './support.js';

describe('a line of /structure', () => {
  // Every shape that owserver 3.2p4 prints for its 66 families.
  const lines: [
    line: string,
    type: string,
    index: number,
    elements: number,
    access: string,
    length: number,
  ][] = [
    ['t,000000,000001,ro,000012,v,', 't', 0, 1, 'ro', 12],
    ['y,-000002,000008,rw,000012,s,', 'y', -2, 8, 'rw', 12],
    ['y,-000001,000008,rw,000015,s,', 'y', -1, 8, 'rw', 15],
    ['y,000003,000008,rw,000001,s,', 'y', 3, 8, 'rw', 1],
    ['b,000000,-000001,wo,000008,s,', 'b', 0, -1, 'wo', 8],
    ['u,000000,000000,rw,000012,t,', 'u', 0, 0, 'rw', 12],
    ['y,000000,000001,oo,000001,v,', 'y', 0, 1, 'oo', 1],
    ['d,-000001,002048,ro,051199,v,', 'd', -1, 2048, 'ro', 51199],
    ['l,000000,000001,rw,000256,f,', 'l', 0, 1, 'rw', 256],
    ['b,xxx,xxx,ro,000008,s,', 'b', 0, 0, 'ro', 8],
    [' i,000000,000001,ro,000012,v\r\n', 'i', 0, 1, 'ro', 12],
    ['z,000000,000001,ro,000012,v,', '?', 0, 1, 'ro', 12],
  ];
  for (const [line, type, index, elements, access, length] of lines) {
    it(`is read: ${JSON.stringify(line)}`, () => {
      const { change, ...rest } = property(line);
      assert.deepEqual(rest, { type, index, elements, access, length });
      assert.match(change, /^[fsvt]$/);
    });
  }

  for (const text of ['', 'nope', 't,000000,000001', 't,000000,000001,xx,000012,v,']) {
    it(`is none: ${JSON.stringify(text)}`, () => assert.equal(parseStructure(text), undefined));
  }
});

describe('a property', () => {
  it('has a kind in words, whatever its type', () => {
    for (const type of Object.keys(TYPES)) {
      assert.match(kindName(property(`${type},000000,000001,rw,000012,v,`)), /^[a-z/ ]+$/);
    }
    assert.equal(kindName(property('y,-000002,000008,rw,000012,s,')), 'whole number');
  });

  it('is numeric when owserver pads it', () => {
    assert.ok(isNumeric(property('g,000000,000001,ro,000012,f,')));
    assert.ok(isNumeric(property('y,-000002,000008,rw,000012,s,')));
    assert.ok(!isNumeric(property('y,-000001,000008,rw,000015,s,')));
    assert.ok(!isNumeric(property('a,000000,000001,ro,000016,f,')));
  });

  it('is checked for what may be done with it', () => {
    const access = (word: string) => property(`y,000000,000001,${word},000001,v,`);
    checkReadable(access('ro'), '/x');
    checkReadable(undefined, '/x');
    checkWritable(access('wo'), '/x');
    checkWritable(undefined, '/x');
    for (const word of ['wo', 'oo'])
      refuses(() => checkReadable(access(word), '/x'), 'notReadable');
    for (const word of ['ro', 'oo'])
      refuses(() => checkWritable(access(word), '/x'), 'notWritable');
  });
});
